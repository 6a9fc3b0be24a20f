#[rutter::route(GET, "/products/[[id]]")]
fn page() {}

fn main() {}
