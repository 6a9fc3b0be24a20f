#[rutter::route(GET, "/products/[_]")]
fn page() {}

fn main() {}
