#[rutter::route(GET, "/products", body_limit = 10MB)]
fn page() {}

fn main() {}
