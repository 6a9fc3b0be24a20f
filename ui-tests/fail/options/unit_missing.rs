#[rutter::route(GET, "/products", timeout = 30)]
fn page() {}

fn main() {}
