#[rutter::route(GET, "/products/[type]")]
fn page() {}

fn main() {}
