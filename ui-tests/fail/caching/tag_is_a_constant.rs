#[rutter::route(GET, "/products", tags(PRODUCTS))]
fn products() {}

fn main() {}
