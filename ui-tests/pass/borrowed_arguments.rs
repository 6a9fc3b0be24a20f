//! An argument may point into the request: by reference, by `'_` or by a lifetime with a name.

use std::borrow::Cow;

use rutter::{RequestHead, Segments, http::Extensions, prelude::*};

#[derive(serde::Deserialize)]
struct Search<'a> {
    words: Cow<'a, str>,
}

#[route(GET, "/references/[slug]")]
fn references(slug: &str, headers: &HeaderMap, uri: &Uri, method: &Method, head: &RequestHead) -> String {
    format!("{slug} {} {uri} {method} {head:?}", headers.len())
}

#[route(GET, "/search")]
async fn search(search: Query<Search<'_>>, extensions: &Extensions) -> String {
    tokio::task::yield_now().await;
    format!("{} {}", search.words, extensions.len())
}

#[route(GET, "/named/[slug]/[...path]")]
async fn named<'a, 'b: 'a>(slug: &'a str, path: Segments<'b>, headers: &'a HeaderMap) -> String {
    tokio::task::yield_now().await;
    format!("{slug} {} {}", path.as_raw(), headers.len())
}

#[route(POST, "/beside/[slug]")]
async fn beside(body: String, slug: Cow<'_, str>, uri: Option<&Uri>) -> String {
    format!("{slug} {uri:?} {body}")
}

#[route(GET, "/borrowed/answer")]
fn answer(uri: &Uri) -> Json<Vec<&str>> {
    Json(uri.path().split('/').collect())
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
    assert_eq!(named::path("a b", ["c", "d"]), "/named/a%20b/c/d");
}
