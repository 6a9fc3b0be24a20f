use rutter::prelude::*;

struct Product;

#[route(GET, "/product")]
async fn product() -> Json<Product> {
    Json(Product)
}

fn main() {}
