#[rutter::route(GET, POST, "/products")]
fn page() {}

fn main() {}
