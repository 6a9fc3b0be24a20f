#[rutter::route(GET, "/products", body_limit = 2000gb)]
fn page() {}

fn main() {}
