use rutter::prelude::*;

#[route(POST, "/products")]
async fn new_product(text: String, bytes: Bytes) {
    let _ = (text, bytes);
}

fn main() {}
