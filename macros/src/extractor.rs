//! An extractor as generated code writes it: what it reads, what it requires, and its value.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Type, spanned::Spanned};

use crate::spans;

/// The type of an argument or a field that is made from a request.
#[derive(Clone, Copy)]
pub(crate) struct Extractor<'a> {
    pub(crate) ty: &'a Type,
    /// Whether it is made by `FromRequest`; by `FromHead` where it borrows.
    pub(crate) owned: bool,
}

impl Extractor<'_> {
    /// `<T as FromRequest>`, or `<T as FromHead<'_>>`.
    ///
    /// This is the form wherever the type is named: one that is no extractor is then the same error each time, and
    /// rustc prints it once.
    pub(crate) fn named(&self, private: &TokenStream) -> TokenStream {
        let (ty, (first, last)) = (self.ty, spans::ends(self.ty));
        let private = spans::located(private, self.ty.span());
        let open = quote_spanned!(first=> <);
        if self.owned {
            quote_spanned!(last=> #open #ty as #private::FromRequest>)
        } else {
            quote_spanned!(last=> #open #ty as #private::FromHead<'_>>)
        }
    }

    /// The value. A rejection is returned.
    pub(crate) fn read(&self, head: &Ident, body: &Ident, private: &TokenStream) -> TokenStream {
        let (first, last) = spans::ends(self.ty);
        let named = self.named(private);
        let private = spans::located(private, first);
        if self.owned {
            quote_spanned!(last=> #private::or_answer(#named::from_request(#head, #body).await)?)
        } else {
            quote_spanned!(last=> #private::or_answer(#named::from_head(#head))?)
        }
    }
}

/// What all of them read, as a chain of calls on a `Reads`.
pub(crate) fn reads(extractors: &[Extractor<'_>], private: &TokenStream) -> TokenStream {
    let named = extractors.iter().map(|extractor| extractor.named(private));
    quote!(#(.and(#named::READS))*)
}

/// What the owned ones read, refusing the second that reads the body; none where there is no second.
pub(crate) fn body_once(extractors: &[Extractor<'_>], private: &TokenStream) -> Option<TokenStream> {
    // Nothing borrows from the body.
    let mut owned = extractors.iter().filter(|extractor| extractor.owned);
    let first = owned.next()?.named(private);
    let mut others = owned.peekable();
    others.peek()?;
    Some(others.fold(quote!(#first::READS), |before, extractor| {
        let (place, named) = (extractor.ty.span(), extractor.named(private));
        let private = spans::located(private, place);
        quote_spanned!(place=> #private::body_once(#before, #named::READS))
    }))
}

/// Whether none of them waits, behind a first condition.
pub(crate) fn ready(first: bool, extractors: &[Extractor<'_>], private: &TokenStream) -> TokenStream {
    let owned = extractors.iter().filter(|extractor| extractor.owned).map(|extractor| extractor.named(private));
    quote!(#first #(&& #owned::READY)*)
}

/// A statement each that adds what it requires.
pub(crate) fn requires(extractors: &[Extractor<'_>], requirements: &Ident, private: &TokenStream) -> TokenStream {
    let named = extractors.iter().map(|extractor| extractor.named(private));
    quote!(#(#named::requires(#requirements);)*)
}
