#[rutter::route(GET, "/products", dynamic, tags("products"))]
fn products() {}

fn main() {}
