//! What is emitted when there are mistakes: the function as it was, so that one mistake gives one error.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::{
    paths,
    route::{attribute::Attribute, signature::Handler},
};

/// The item with the errors behind it, and a companion that answers to whatever refers to it.
pub(crate) fn emit(
    item: &TokenStream,
    handler: Option<&Handler>,
    attribute: &Attribute,
    errors: &TokenStream,
) -> TokenStream {
    let Some(handler) = handler else { return quote!(#item #errors) };
    // A second `#[route]` is reported already; left in place it would expand to a second companion.
    let function = if handler.routes().next().is_some() { handler.to_token_stream() } else { item.clone() };
    // No struct can stand in an `impl`.
    let companion = (!handler.is_inside()).then(|| companion(handler, attribute));
    quote!(#function #companion #errors)
}

/// A companion of the same form that promises nothing: it takes whatever a link is given.
fn companion(handler: &Handler, attribute: &Attribute) -> TokenStream {
    let private = paths::private(attribute.options.krate.as_ref());
    let (name, visibility, conditions) = (handler.name(), &handler.visibility, handler.conditions());
    let names: Vec<Ident> =
        (0..attribute.params()).map(|place| format_ident!("value_{place}", span = Span::mixed_site())).collect();
    quote! {
        #(#conditions)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        #visibility struct #name {}
        #(#conditions)*
        #[allow(dead_code, unreachable_pub, unused_variables, clippy::all, clippy::pedantic)]
        impl #name {
            #[doc(hidden)]
            #visibility const ROUTE: &'static #private::Route = #private::MISTAKEN;
            #[doc(hidden)]
            #visibility fn path(#(#names: impl ::core::marker::Sized),*) -> ::std::string::String {
                ::std::string::String::new()
            }
            #[doc(hidden)]
            #visibility fn try_path(
                #(#names: impl ::core::marker::Sized),*
            ) -> ::core::result::Result<::std::string::String, #private::LinkError> {
                ::core::result::Result::Ok(::std::string::String::new())
            }
        }
    }
}
