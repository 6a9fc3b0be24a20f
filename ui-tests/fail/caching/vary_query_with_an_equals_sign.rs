#[rutter::route(GET, "/products", vary(query = "page"))]
fn products() {}

fn main() {}
