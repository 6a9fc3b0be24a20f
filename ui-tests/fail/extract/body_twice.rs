use rutter::prelude::*;

#[route(POST, "/products")]
async fn new_product(text: String, bytes: Bytes) {}

fn main() {}
