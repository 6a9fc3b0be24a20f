#[rutter::route(GET, "/products", dynamic = true)]
fn products() {}

fn main() {}
