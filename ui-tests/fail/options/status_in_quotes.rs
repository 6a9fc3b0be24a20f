#[rutter::route(GET, "/products", status = "201")]
fn page() {}

fn main() {}
