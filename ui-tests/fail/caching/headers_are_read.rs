use rutter::prelude::*;

#[route(GET, "/products", tags("products"))]
fn products(headers: &HeaderMap) -> String {
    headers.len().to_string()
}

fn main() {}
