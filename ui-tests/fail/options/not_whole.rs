#[rutter::route(GET, "/products", body_limit = 1.5mb)]
fn page() {}

fn main() {}
