#[rutter::route(GET, "/products", revalidate = false, stale_for = 1h)]
fn products() {}

fn main() {}
