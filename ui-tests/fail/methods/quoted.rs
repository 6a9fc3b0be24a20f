#[rutter::route("GET", "/products")]
fn page() {}

fn main() {}
