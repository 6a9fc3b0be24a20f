//! A policy for other origins, as `cors = API` names it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Error, Path, parse2, spanned::Spanned};

/// Reads the path of a static; `form` is how the option is written.
pub(crate) fn read(value: TokenStream, form: &str) -> syn::Result<Path> {
    parse2(value.clone()).map_err(|_| {
        let message = format!(
            "a policy is named: write `static API: Cors = Cors::origins(&[\"https://app.example.com\"]);` and here `{form}`"
        );
        Error::new_spanned(value, message)
    })
}

/// A function that returns it. A `LazyLock` is looked into by the same words.
pub(crate) fn of(policy: &Path) -> TokenStream {
    let reference = quote_spanned!(policy.span()=> &#policy);
    quote!(|| #reference)
}
