#[rutter::route(GET, path = "/products")]
fn page() {}

fn main() {}
