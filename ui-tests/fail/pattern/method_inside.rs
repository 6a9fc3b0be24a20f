#[rutter::route(GET, "GET /products")]
fn page() {}

fn main() {}
