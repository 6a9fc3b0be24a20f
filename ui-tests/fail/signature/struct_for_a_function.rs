#[rutter::route(GET, "/products")]
struct Products;

fn main() {}
