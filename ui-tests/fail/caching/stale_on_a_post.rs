#[rutter::route(POST, "/products", stale_for = 1h)]
fn products() {}

fn main() {}
