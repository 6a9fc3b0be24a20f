use rutter::prelude::*;

#[route(GET, "/products", vary(query))]
fn products(headers: &HeaderMap) -> String {
    headers.len().to_string()
}

fn main() {}
