#[rutter::route(GET, "/products", body_limit = -5)]
fn page() {}

fn main() {}
