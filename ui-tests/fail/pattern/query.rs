#[rutter::route(GET, "/products?page")]
fn page() {}

fn main() {}
