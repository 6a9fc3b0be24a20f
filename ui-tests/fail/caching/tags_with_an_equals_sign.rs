#[rutter::route(GET, "/products", tags = "products")]
fn products() {}

fn main() {}
