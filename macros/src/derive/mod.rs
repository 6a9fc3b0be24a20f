//! `#[derive(FromRequest)]`: a struct of extractors is an extractor.
//!
//! Without a lifetime it is made by `FromRequest`, with one it borrows and is made by `FromHead`.

mod emit;
mod model;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;
use model::Struct;

/// Expands the derive.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let Some(input) = errors.take(syn::parse2(item)) else { return errors.finish().unwrap_or_default() };
    let fields = Struct::read(&input, &mut errors);
    match (errors.finish(), fields) {
        (None, Some(fields)) => emit::emit(&fields),
        (errors, _) => emit::fallback(&input, &errors.unwrap_or_default()),
    }
}
