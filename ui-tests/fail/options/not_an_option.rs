#[rutter::route(GET, "/products", 201)]
fn page() {}

fn main() {}
