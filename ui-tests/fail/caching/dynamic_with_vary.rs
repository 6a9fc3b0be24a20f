#[rutter::route(GET, "/products", vary(query), dynamic)]
fn products() {}

fn main() {}
