#[rutter::route(POST, "/products", dynamic)]
fn products() {}

fn main() {}
