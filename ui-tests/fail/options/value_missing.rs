#[rutter::route(GET, "/products", status)]
fn page() {}

fn main() {}
