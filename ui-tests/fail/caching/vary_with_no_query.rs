#[rutter::route(GET, "/products", vary(query()))]
fn products() {}

fn main() {}
