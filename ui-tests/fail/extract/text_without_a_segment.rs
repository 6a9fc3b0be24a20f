use rutter::prelude::*;

#[route(GET, "/products")]
async fn products(page: &str) {
    let _ = page;
}

fn main() {}
