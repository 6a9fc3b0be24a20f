#[rutter::route(GET, "/products", stale_for = 1h, dynamic)]
fn products() {}

fn main() {}
