#[rutter::route(GET, "/products", cache = 1)]
fn page() {}

fn main() {}
