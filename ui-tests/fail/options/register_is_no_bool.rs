#[rutter::route(GET, "/products", register = no)]
fn page() {}

fn main() {}
