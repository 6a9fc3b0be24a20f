#[rutter::route(5, "/products")]
fn page() {}

fn main() {}
