//! The hidden macro whose name is the method and the shape: a second route of the same shape defines it again, which
//! is an error in `cargo check`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::route::{methods::Method, model::Route};

/// One macro a method, spanned at the path literal. Exported macros share one namespace in a crate, wherever they
/// stand.
pub(crate) fn markers(route: &Route<'_>, conditions: &[TokenStream]) -> TokenStream {
    let span = route.path.span();
    let shape = route.path.pattern.shape().identifier();
    let markers = route.attribute.methods.iter().map(|method| {
        let name = name(method, &shape, span);
        quote_spanned! {span=>
            #(#conditions)*
            #[doc(hidden)]
            #[allow(non_local_definitions, unused_macros, clippy::all)]
            #[macro_export]
            macro_rules! #name { () => {}; }
        }
    });
    markers.collect()
}

fn name(method: &Method, shape: &str, span: Span) -> Ident {
    Ident::new(&format!("__rutter_{}_{shape}", method.name), span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rutter_pattern::Pattern;

    #[test]
    fn names_are_readable_and_tell_shapes_apart() {
        let method = Method { name: "GET", span: Span::call_site() };
        for (path, expected) in [
            ("/", "__rutter_GET_"),
            ("/products/[id]", "__rutter_GET_products___p"),
            ("/products/[slug]", "__rutter_GET_products___p"),
            ("/products/p", "__rutter_GET_products_p"),
            ("/(shop)/cart", "__rutter_GET_cart"),
        ] {
            let shape = Pattern::parse(path).unwrap().shape().identifier();
            assert_eq!(name(&method, &shape, Span::call_site()).to_string(), expected);
        }
    }
}
