#[rutter::route([GET, POST, GET], "/products")]
fn page() {}

fn main() {}
