#[rutter::route(GET, "/products", revalidate = 60, stale_for = forever)]
fn products() {}

fn main() {}
