#[rutter::route(CONNECT, "/products")]
fn page() {}

fn main() {}
