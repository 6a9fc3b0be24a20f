//! Finding the route for a path and a method.
//!
//! The rules, in the order in which they apply:
//! - the path is split on `/` first and each segment's escapes are resolved once, so `a%2Fb` is
//!   one segment; a bad escape, an escaped NUL and a dot segment are refused ([`BadPath`]);
//! - an untidy path (`//`, `\`, a trailing slash) has a tidy one to go to ([`Split::tidy`]);
//! - a static segment beats `[x]`, which beats `[...x]`, which beats `[[...x]]`, segment by
//!   segment; where a branch leads nowhere, the next one is tried ([`Tree::at`]);
//! - the path alone chooses the pattern; then the method chooses the route ([`MethodTable`]), so
//!   a 405 never falls through to a catch-all;
//! - names belong to the route: `GET /x/[id]` and `POST /x/[slug]` stand side by side.

mod methods;
mod split;
mod statics;
mod tree;

pub(crate) use methods::{Chosen, MethodTable, allow};
pub use split::{BadPath, Split};
pub use tree::Tree;
