//! What the compared servers share: the data they answer with, their paths, the loop that accepts connections.
//!
//! A server is one file in `src/bin/`. It differs from the others in how it finds a route, reads a request and
//! writes an answer, and in nothing else: types, paths and the accept loop come from here.

mod accept;
mod filler;
mod products;

pub use accept::{bind, serve};
pub use filler::FILLER_PATHS;
pub use products::{NAVIGATION, NAVIGATION_ETAG, NewProduct, Product, Search};
