use rutter::prelude::*;

type Name = Json<String>;

#[route(POST, "/products")]
async fn new_product(name: Name, headers: &HeaderMap, upload: Multipart) {
    let _ = (name, headers, upload);
}

fn main() {}
