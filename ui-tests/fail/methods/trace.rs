#[rutter::route(TRACE, "/products")]
fn page() {}

fn main() {}
