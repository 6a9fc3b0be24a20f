#[rutter::route(GET, "/products", revalidate = 1.5m)]
fn products() {}

fn main() {}
