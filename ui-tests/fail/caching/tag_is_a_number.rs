#[rutter::route(GET, "/products", tags(7))]
fn products() {}

fn main() {}
