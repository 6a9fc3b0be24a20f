#[rutter::route(COPY, "/products")]
fn page() {}

fn main() {}
