#[rutter::route(GET, b"/products")]
fn page() {}

fn main() {}
