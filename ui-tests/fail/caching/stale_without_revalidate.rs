#[rutter::route(GET, "/products", stale_for = 1h)]
fn products() {}

fn main() {}
