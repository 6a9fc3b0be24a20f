use rutter::prelude::*;

#[derive(FromRequest)]
struct Page;

#[route(GET, "/products")]
async fn products(page: Page) {
    let _ = page;
}

fn main() {}
