#[rutter::route(GET, "/products", timeout = 0s)]
fn page() {}

fn main() {}
