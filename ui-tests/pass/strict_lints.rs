//! What routes expand to is accepted by a crate that forbids and denies what it can.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, rust_2018_idioms, let_underscore_drop)]
#![deny(single_use_lifetimes, trivial_casts, unused_lifetimes, unused_results, missing_debug_implementations)]

use rutter::prelude::*;

/// What the shop sells.
pub mod products {
    use super::*;

    /// Which page is asked for.
    #[derive(FromRequest, Debug)]
    pub struct Page {
        /// Where it is.
        pub uri: Uri,
    }

    /// A page that is only looked at.
    #[derive(FromRequest, Debug)]
    pub struct Glance<'r> {
        /// Where it is.
        pub uri: &'r Uri,
    }

    /// Every product.
    #[route(GET, "/products")]
    pub async fn list(page: Page) -> String {
        page.uri.to_string()
    }

    /// One product.
    #[route(GET, "/products/[id]/[...path]", timeout = 1s)]
    pub fn get(id: u64, path: Vec<String>, glance: Glance<'_>) -> String {
        format!("{id} {path:?} {}", glance.uri)
    }

    #[route([POST, PUT], "/products", status = 201, body_limit = 1kb)]
    pub(crate) async fn create(text: String, headers: HeaderMap, uri: &Uri) -> Result<String, Problem> {
        drop(headers);
        tokio::task::yield_now().await;
        Ok(format!("{text} {uri}"))
    }
}

fn main() {
    let routes = rutter::routes![products::list, products::get, products::create];
    assert!(routes.build().is_ok());
    assert_eq!(products::get::path(7, ["a"]), "/products/7/a");
}
