use rutter::prelude::*;

#[route(GET, "/products")]
async fn products(page: Option<Json<Page>>) {
    let _ = page;
}

fn main() {}
