#[rutter::route(GET, "/products", tags("products", "shop", "products"))]
fn products() {}

fn main() {}
