use rutter::prelude::*;

struct Page(u32);

#[route(GET, "/products")]
async fn products(page: Option<Page>) {
    let _ = page;
}

fn main() {}
