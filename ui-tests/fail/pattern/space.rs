#[rutter::route(GET, "/our products")]
fn page() {}

fn main() {}
