#[rutter::route(GET, "/products", timeout = 30sec)]
fn page() {}

fn main() {}
