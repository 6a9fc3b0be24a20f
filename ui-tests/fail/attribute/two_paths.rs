#[rutter::route(GET, "/products", "/goods")]
fn page() {}

fn main() {}
