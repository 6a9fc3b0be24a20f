#[rutter::route(GET, "/products", body_limit = 10 mb)]
fn page() {}

fn main() {}
