#[rutter::route(GET, "/products", tags())]
fn products() {}

fn main() {}
