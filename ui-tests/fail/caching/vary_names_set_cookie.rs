#[rutter::route(GET, "/products", vary("set-cookie"))]
fn products() {}

fn main() {}
