//! An extractor may be taken apart where it is received, and have any name or none.

use rutter::prelude::*;

#[derive(serde::Deserialize)]
struct New {
    name: String,
    price: u64,
}

#[derive(serde::Deserialize)]
struct Page {
    page: u32,
}

#[route(POST, "/products/[id]")]
async fn new_product(
    Query(Page { page }): Query<Page>,
    mut id: u64,
    State(counter): State<u64>,
    _: &HeaderMap,
    _uri: &Uri,
    Json(New { name, price }): Json<New>,
) -> String {
    id += *counter;
    format!("{id} {name} {price} {page}")
}

fn main() {
    assert!(rutter::collect!().state(7_u64).build().is_ok());
}
