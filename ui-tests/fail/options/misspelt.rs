#[rutter::route(GET, "/products", statsu = 201)]
fn page() {}

fn main() {}
