use rutter::prelude::*;

#[derive(serde::Deserialize)]
struct Search {
    page: u32,
}

#[route(GET, "/products", revalidate = 60)]
fn products(search: Query<Search>) -> String {
    search.page.to_string()
}

fn main() {}
