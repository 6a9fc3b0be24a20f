//! A struct of extractors with a lifetime borrows from the request.

use std::borrow::Cow;

use rutter::prelude::*;

struct Db;

#[derive(serde::Deserialize)]
struct Search<'a> {
    words: Cow<'a, str>,
}

#[derive(FromRequest)]
struct Page<'r> {
    headers: &'r HeaderMap,
    search: Query<Search<'r>>,
    uri: Option<&'r Uri>,
    db: State<Db>,
}

#[derive(FromRequest)]
struct Pair<'r, T>(&'r Uri, T);

#[route(POST, "/page")]
async fn page(page: Page<'_>, body: String) -> String {
    tokio::task::yield_now().await;
    let _: &Db = &page.db;
    format!("{} {} {:?} {body}", page.headers.len(), page.search.words, page.uri)
}

#[route(GET, "/pair")]
fn pair<'a>(pair: Pair<'a, Page<'a>>) -> String {
    format!("{} {}", pair.0, pair.1.search.words)
}

fn main() {
    assert!(rutter::collect!().state(Db).build().is_ok());
    assert!(rutter::collect!().build().is_err(), "what a field requires, the route requires");
}
