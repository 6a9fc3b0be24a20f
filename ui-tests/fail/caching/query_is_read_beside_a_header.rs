use rutter::prelude::*;

#[derive(serde::Deserialize)]
struct Search {
    page: u32,
}

#[route(GET, "/products", vary("accept-language"))]
fn products(search: Query<Search>) -> String {
    search.page.to_string()
}

fn main() {}
