//! What a route dictates is no matter for clippy: `cargo clippy` over this file is clean.

#![forbid(unsafe_code)]
#![deny(clippy::all, clippy::pedantic)]

use rutter::prelude::*;

struct Db;

#[derive(FromRequest)]
struct Caller {
    headers: HeaderMap,
}

#[route(GET, "/products/[id]/[...path]")]
async fn product(id: u64, path: Vec<String>, db: State<Db>, caller: Caller, uri: &Uri) -> String {
    let _: &Db = &db;
    format!("{id} {} {} {uri}", path.len(), caller.headers.len())
}

#[route(GET, "/brands", revalidate = 60, stale_for = 1h, tags("brands"), vary("accept", query("page")))]
fn brands(uri: &Uri, headers: HeaderMap) -> Json<usize> {
    Json(uri.path().len() + headers.len())
}

#[route(POST, "/products", status = 201)]
fn new_product(name: String, method: Method) -> String {
    format!("{} {method}", name.len())
}

fn main() {
    assert!(rutter::collect!().state(Db).build().is_ok());
}
