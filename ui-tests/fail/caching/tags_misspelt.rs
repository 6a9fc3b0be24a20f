#[rutter::route(GET, "/products", tag("products"))]
fn products() {}

fn main() {}
