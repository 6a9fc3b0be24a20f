use rutter::prelude::*;

struct Product {
    name: String,
}

#[route(POST, "/products")]
async fn new_product(new: Json<Product>) {}

fn main() {}
