#[rutter::route(GET, "/products", revalidate = 60, stale_for = 366d)]
fn products() {}

fn main() {}
