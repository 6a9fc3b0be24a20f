use rutter::prelude::*;

struct Page(u32);

#[route(GET, "/products")]
async fn products(page: Result<Page, Problem>) {
    let _ = page;
}

fn main() {}
