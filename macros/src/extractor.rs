//! An extractor as generated code writes it: what it reads, what it requires, and its value.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Type;

use crate::spans;

/// The type of an argument or a field that is made from a request.
///
/// A type that is no extractor is an error wherever generated code names it, and rustc prints errors once that say the
/// same of the same place. So there is one form to name it, [`Extractor::named`], and one place.
#[derive(Clone)]
pub(crate) struct Extractor<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) kind: Kind,
}

/// How an extractor is made.
#[derive(Clone)]
pub(crate) enum Kind {
    /// By `FromHead`: it borrows.
    Borrowed,
    /// By `FromRequest`.
    Owned,
    /// By `FromRequest`, and named by an alias. What is awaited is reported at the single token `await`, so everything
    /// else has to be reported at a single token, too.
    Alias(Ident),
}

impl<'a> Extractor<'a> {
    /// One that is made by `FromRequest`; `place` tells it from the others.
    pub(crate) fn owned(ty: &'a Type, place: usize) -> Extractor<'a> {
        let alias = format_ident!("__RutterType{place}", span = spans::word(ty));
        Extractor { ty, kind: Kind::Alias(alias) }
    }

    /// `<T as FromRequest>`, or `<T as FromHead<'_>>`.
    pub(crate) fn named(&self, private: &TokenStream) -> TokenStream {
        let (ty, (first, last)) = (self.tokens(), self.ends());
        let private = spans::located(private, first);
        let open = quote_spanned!(first=> <);
        if self.is_owned() {
            quote_spanned!(last=> #open #ty as #private::FromRequest>)
        } else {
            quote_spanned!(last=> #open #ty as #private::FromHead<'_>>)
        }
    }

    /// The value. A rejection is returned.
    pub(crate) fn read(&self, head: &Ident, body: &Ident, private: &TokenStream) -> TokenStream {
        let (first, last) = self.ends();
        let named = self.named(private);
        let private = spans::located(private, first);
        if self.is_owned() {
            quote_spanned!(last=> #private::or_answer(#named::from_request(#head, #body).await)?)
        } else {
            quote_spanned!(last=> #private::or_answer(#named::from_head(#head))?)
        }
    }

    fn is_owned(&self) -> bool {
        !matches!(self.kind, Kind::Borrowed)
    }

    fn tokens(&self) -> TokenStream {
        match &self.kind {
            Kind::Alias(alias) => alias.to_token_stream(),
            Kind::Borrowed | Kind::Owned => self.ty.to_token_stream(),
        }
    }

    fn ends(&self) -> (Span, Span) {
        spans::ends(&self.tokens())
    }
}

/// The aliases that [`Extractor::named`] names, to stand in the same block.
pub(crate) fn aliases(extractors: &[Extractor<'_>]) -> TokenStream {
    let aliases = extractors.iter().filter_map(|extractor| match &extractor.kind {
        Kind::Alias(alias) => Some((alias, extractor.ty)),
        Kind::Borrowed | Kind::Owned => None,
    });
    aliases.map(|(alias, ty)| quote!(type #alias = #ty;)).collect()
}

/// What all of them read, as a chain of calls on a `Reads`.
pub(crate) fn reads(extractors: &[Extractor<'_>], private: &TokenStream) -> TokenStream {
    let named = extractors.iter().map(|extractor| extractor.named(private));
    quote!(#(.and(#named::READS))*)
}

/// What the owned ones read, refusing the second that reads the body; none where there is no second.
pub(crate) fn body_once(extractors: &[Extractor<'_>], private: &TokenStream) -> Option<TokenStream> {
    // Nothing borrows from the body.
    let mut owned = extractors.iter().filter(|extractor| extractor.is_owned());
    let first = owned.next()?.named(private);
    let mut others = owned.peekable();
    others.peek()?;
    Some(others.fold(quote!(#first::READS), |before, extractor| {
        let ((first, last), named) = (spans::generated_ends(extractor.ty), extractor.named(private));
        let private = spans::located(private, first);
        quote_spanned!(last=> #private::body_once(#before, #named::READS))
    }))
}

/// A check each that it reads nothing but `covered`, with the alias that it names.
pub(crate) fn kept(extractors: &[Extractor<'_>], covered: &TokenStream, private: &TokenStream) -> Vec<TokenStream> {
    let check = |extractor: &Extractor<'_>| {
        let ((first, last), named) = (spans::generated_ends(extractor.ty), extractor.named(private));
        let alias = aliases(core::slice::from_ref(extractor));
        let private = spans::located(private, first);
        let check = quote_spanned!(last=> #private::kept(#covered, #named::READS));
        quote!(#alias #check)
    };
    extractors.iter().map(check).collect()
}

/// Whether none of them waits, behind a first condition.
pub(crate) fn ready(first: bool, extractors: &[Extractor<'_>], private: &TokenStream) -> TokenStream {
    let owned = extractors.iter().filter(|extractor| extractor.is_owned()).map(|extractor| extractor.named(private));
    quote!(#first #(&& #owned::READY)*)
}

/// A statement each that adds what it requires.
pub(crate) fn requires(extractors: &[Extractor<'_>], requirements: &Ident, private: &TokenStream) -> TokenStream {
    let named = extractors.iter().map(|extractor| extractor.named(private));
    quote!(#(#named::requires(#requirements);)*)
}
