#[rutter::route(GET, "/products", revalidate = 0.5)]
fn products() {}

fn main() {}
