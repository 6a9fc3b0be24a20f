#[rutter::route(GET, "/products", vary("proxy-authorization"))]
fn products() {}

fn main() {}
