use rutter::prelude::*;

#[derive(FromRequest)]
struct New {
    name: Json<String>,
}

#[route(POST, "/products")]
async fn new_product(new: New, body: Bytes) {
    let _ = (new, body);
}

fn main() {}
