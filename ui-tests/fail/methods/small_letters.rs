#[rutter::route(get, "/products")]
fn page() {}

fn main() {}
