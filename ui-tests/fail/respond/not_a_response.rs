use rutter::prelude::*;

struct Product;

#[route(GET, "/product")]
async fn product() -> Product {
    Product
}

fn main() {}
