use rutter::prelude::*;

#[route(GET, "/products")]
async fn products(page: u32) {
    let _ = page;
}

fn main() {}
