#[rutter::route(GET, "/products", vary = "accept-language")]
fn products() {}

fn main() {}
