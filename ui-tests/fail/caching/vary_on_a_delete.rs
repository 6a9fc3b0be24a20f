#[rutter::route(DELETE, "/products", vary(query))]
fn products() {}

fn main() {}
