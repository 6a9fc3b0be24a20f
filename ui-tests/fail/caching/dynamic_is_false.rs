#[rutter::route(GET, "/products", dynamic = false)]
fn products() {}

fn main() {}
