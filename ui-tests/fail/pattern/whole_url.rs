#[rutter::route(GET, "https://example.com/products")]
fn page() {}

fn main() {}
