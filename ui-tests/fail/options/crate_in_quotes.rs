#[rutter::route(GET, "/products", crate = "rutter")]
fn page() {}

fn main() {}
