#[rutter::route(PSOT, "/products")]
fn page() {}

fn main() {}
