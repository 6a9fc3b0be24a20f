#[rutter::route(GET, "/products", POST)]
fn page() {}

fn main() {}
