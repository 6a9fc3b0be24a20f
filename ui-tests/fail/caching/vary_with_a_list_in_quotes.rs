#[rutter::route(GET, "/products", vary("accept, accept-language"))]
fn products() {}

fn main() {}
