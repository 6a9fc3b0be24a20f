#[rutter::route(GET, "/products", vary("accept-language", "Accept-Language"))]
fn products() {}

fn main() {}
