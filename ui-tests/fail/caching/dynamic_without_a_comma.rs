#[rutter::route(GET, "/products", status = 200 dynamic)]
fn products() {}

fn main() {}
