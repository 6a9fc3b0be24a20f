#[rutter::route(method = GET, "/products")]
fn page() {}

fn main() {}
