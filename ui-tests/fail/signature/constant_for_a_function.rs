#[rutter::route(GET, "/products")]
const PRODUCTS: &str = "chair, table";

fn main() {}
