#[rutter::route(GET, "/products/[product-id]")]
fn page() {}

fn main() {}
