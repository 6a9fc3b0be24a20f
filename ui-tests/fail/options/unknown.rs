#[rutter::route(GET, "/products", colour = 1)]
fn page() {}

fn main() {}
