use rutter::prelude::*;

struct Search {
    words: String,
}

#[route(GET, "/products")]
async fn products(search: Query<Search>) {
    let _ = search;
}

fn main() {}
