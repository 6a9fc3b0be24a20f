#[rutter::route(GET, "/products/[id].json")]
fn page() {}

fn main() {}
