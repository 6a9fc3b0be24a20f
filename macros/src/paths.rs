//! Where generated code finds Rutter: `::rutter`, or what `crate = path` says.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The path of the module that only generated code names.
pub(crate) fn private(krate: Option<&Path>) -> TokenStream {
    krate.map_or_else(|| quote!(::rutter::__private), |path| quote!(#path::__private))
}
