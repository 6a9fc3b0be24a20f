use rutter::prelude::*;

struct Product {
    name: String,
}

#[route(POST, "/products")]
async fn new_product(new: Json<Product>) {
    let _ = new;
}

fn main() {}
