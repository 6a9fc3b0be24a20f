#[rutter::route(GET, "/products", vary("cookie"))]
fn products() {}

fn main() {}
