#[rutter::route(status = 201, GET, "/products")]
fn page() {}

fn main() {}
