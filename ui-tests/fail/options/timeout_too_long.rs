#[rutter::route(GET, "/products", timeout = 25h)]
fn page() {}

fn main() {}
