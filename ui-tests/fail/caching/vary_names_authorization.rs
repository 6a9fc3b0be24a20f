#[rutter::route(GET, "/products", vary("Authorization"))]
fn products() {}

fn main() {}
