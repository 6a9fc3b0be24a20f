//! `#[route(GET, "/products/[id]")]`: attribute and function in, route out.
//!
//! Everything is read before anything is refused: the attribute item by item, the function whether or not the
//! attribute makes sense. Only when both are read without a mistake are the rules of [`check`] asked.

mod answer;
mod attribute;
mod awaits;
mod caching;
mod check;
mod emit;
mod fallback;
mod glue;
mod link;
mod marker;
mod methods;
mod model;
mod options;
mod rules;
mod signature;
#[cfg(test)]
mod tests;
mod units;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;
use attribute::Attribute;
use model::Route;
use signature::Handler;

/// Expands `#[route(attribute)] item`.
pub(crate) fn expand(attribute: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let attribute = Attribute::parse(attribute, &mut errors);
    let handler = Handler::parse(item.clone(), &mut errors);
    let route = Route::bind(&attribute, handler.as_ref(), &mut errors);
    match (errors.finish(), route) {
        (None, Some(route)) => emit::emit(&route, item),
        (errors, _) => fallback::emit(item, handler.as_ref(), &attribute, &errors.unwrap_or_default()),
    }
}
