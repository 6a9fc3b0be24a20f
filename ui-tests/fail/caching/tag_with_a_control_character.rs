#[rutter::route(GET, "/products", tags("products\n"))]
fn products() {}

fn main() {}
