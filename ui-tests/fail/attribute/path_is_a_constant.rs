const PRODUCTS: &str = "/products";

#[rutter::route(GET, PRODUCTS)]
fn page() {}

fn main() {}
