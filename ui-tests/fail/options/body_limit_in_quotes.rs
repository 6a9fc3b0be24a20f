#[rutter::route(GET, "/products", body_limit = "10mb")]
fn page() {}

fn main() {}
