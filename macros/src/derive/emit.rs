//! The implementation of `FromRequest`, or of `FromHead` for a struct that borrows.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Generics, Lifetime, parse_quote, visit::Visit};

use crate::{derive::model::Struct, extractor, paths};

/// The implementation, and the check that one field at most reads the body.
pub(crate) fn emit(item: &Struct<'_>) -> TokenStream {
    let private = paths::private(item.krate.as_ref());
    let (names, extractors) = (Names::default(), item.extractors());
    let mut reads = extractor::reads(&extractors, &private);
    reads = quote!(#private::Reads::NOTHING #reads);
    let mut check = extractor::body_once(&extractors, &private);
    if item.is_generic() {
        // The fields are not known yet, so the check waits until `READS` is asked for.
        reads = check.take().unwrap_or(reads);
    }
    let members = Members {
        reads,
        ready: extractor::ready(true, &extractors, &private),
        value: value(item, &names, &private),
        requires: extractor::requires(&extractors, &names.requirements, &private),
    };
    let implementation = implementation(item.name, &bounded(item, &private), item.lifetime, &private, &names, &members);
    let check = check.map(|check| quote!(const _: #private::Reads = #check;));
    let aliases = extractor::aliases(&extractors);
    quote! {
        #[allow(deprecated)]
        const _: () = {
            #aliases
            #implementation
            #check
        };
    }
}

/// What is emitted when there are mistakes: an implementation that promises nothing, so that a handler which takes the
/// type is no second error.
pub(crate) fn fallback(input: &DeriveInput, errors: &TokenStream) -> TokenStream {
    let private = paths::private(None);
    let lifetime = input.generics.lifetimes().next().map(|parameter| &parameter.lifetime);
    let members = Members {
        reads: quote!(#private::Reads::NOTHING),
        ready: quote!(true),
        value: quote!(::core::unreachable!()),
        requires: TokenStream::new(),
    };
    let names = Names::default();
    let implementation = implementation(&input.ident, &input.generics, lifetime, &private, &names, &members);
    quote!(#implementation #errors)
}

/// What differs from one implementation to the next.
struct Members {
    reads: TokenStream,
    ready: TokenStream,
    value: TokenStream,
    requires: TokenStream,
}

/// The arguments of the implemented functions, which nothing that the user has named can mean.
struct Names {
    head: Ident,
    body: Ident,
    requirements: Ident,
}

impl Default for Names {
    fn default() -> Self {
        let [head, body, requirements] =
            ["head", "body", "requirements"].map(|name| Ident::new(name, Span::mixed_site()));
        Names { head, body, requirements }
    }
}

fn implementation(
    name: &Ident,
    generics: &Generics,
    lifetime: Option<&Lifetime>,
    private: &TokenStream,
    Names { head, body, requirements }: &Names,
    Members { reads, ready, value, requires }: &Members,
) -> TokenStream {
    let (parameters, arguments, conditions) = generics.split_for_impl();
    let result = quote!(::core::result::Result<Self, #private::Response>);
    let (implemented, from) = if let Some(lifetime) = lifetime {
        let from = quote!(fn from_head(#head: &#lifetime #private::RequestHead) -> #result { #value });
        (quote!(#private::FromHead<#lifetime>), from)
    } else {
        let from = quote! {
            const READY: bool = #ready;
            async fn from_request(#head: &#private::RequestHead, #body: &mut #private::BodySlot) -> #result { #value }
        };
        (quote!(#private::FromRequest), from)
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl #parameters #implemented for #name #arguments #conditions {
            const READS: #private::Reads = #reads;
            type Rejection = #private::Response;
            #from
            fn requires(#requirements: &mut #private::Requirements) { #requires }
            // A field has answered, and an answer does not say whether something was absent or wrong.
            fn is_absent(_: &#private::Response) -> bool { false }
        }
    }
}

/// The struct with a value for each field.
fn value(item: &Struct<'_>, Names { head, body, .. }: &Names, private: &TokenStream) -> TokenStream {
    let fields = item.fields.iter().enumerate().map(|(place, (member, _))| {
        let variable = format_ident!("field_{place}", span = Span::mixed_site());
        quote!(#member: #variable)
    });
    let reads = item.extractors().into_iter().enumerate().map(|(place, extractor)| {
        let variable = format_ident!("field_{place}", span = Span::mixed_site());
        let value = extractor.read(head, body, private);
        quote!(let #variable = #value;)
    });
    quote! {
        #(#reads)*
        ::core::result::Result::Ok(Self { #(#fields),* })
    }
}

/// Each field whose type depends on a parameter has to be an extractor.
fn bounded(item: &Struct<'_>, private: &TokenStream) -> Generics {
    let mut generics = item.generics.clone();
    for (_, ty) in item.fields.iter().filter(|(_, ty)| item.depends(ty)) {
        generics.make_where_clause().predicates.push(match item.lifetime {
            Some(lifetime) => parse_quote!(#ty: #private::FromHead<#lifetime>),
            None => parse_quote!(#ty: #private::FromRequest + ::core::marker::Send),
        });
    }
    generics
}

impl Struct<'_> {
    fn is_generic(&self) -> bool {
        self.generics.type_params().next().is_some() || self.generics.const_params().next().is_some()
    }

    /// Whether a type names a parameter of the struct.
    pub(super) fn depends(&self, ty: &syn::Type) -> bool {
        let mut search = Search { generics: self.generics, found: false };
        search.visit_type(ty);
        search.found
    }
}

struct Search<'a> {
    generics: &'a Generics,
    found: bool,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_ident(&mut self, name: &'ast Ident) {
        self.found |= self.generics.type_params().any(|parameter| parameter.ident == *name);
        self.found |= self.generics.const_params().any(|parameter| parameter.ident == *name);
    }
}
