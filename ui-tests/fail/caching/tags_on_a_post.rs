#[rutter::route(POST, "/products", tags("products"))]
fn products() {}

fn main() {}
