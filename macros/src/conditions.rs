//! The `cfg` attributes of an item, which everything generated for it repeats.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Meta, Token, punctuated::Punctuated};

/// The attribute itself when it is a `cfg`, what there is of `cfg` in a `cfg_attr`, else nothing.
pub(crate) fn of(attribute: &Attribute) -> Option<TokenStream> {
    if attribute.path().is_ident("cfg") {
        return Some(attribute.to_token_stream());
    }
    if !attribute.path().is_ident("cfg_attr") {
        return None;
    }
    let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    let mut parts = parts.into_iter();
    let predicate = parts.next()?;
    let conditions: Vec<Meta> = parts.filter(|meta| meta.path().is_ident("cfg")).collect();
    (!conditions.is_empty()).then(|| quote!(#[cfg_attr(#predicate, #(#conditions),*)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn only_conditions_are_repeated() {
        let text = |attribute: Attribute| of(&attribute).map(|tokens| tokens.to_string());
        assert_eq!(text(parse_quote!(#[cfg(unix)])).as_deref(), Some("# [cfg (unix)]"));
        assert_eq!(text(parse_quote!(#[cfg_attr(doc, doc(hidden))])), None);
        assert_eq!(text(parse_quote!(#[cfg_attr(a, inline, cfg(b))])).as_deref(), Some("# [cfg_attr (a , cfg (b))]"),);
        assert_eq!(text(parse_quote!(#[doc = "cfg"])), None);
    }
}
