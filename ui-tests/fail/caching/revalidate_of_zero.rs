#[rutter::route(GET, "/products", revalidate = 0)]
fn products() {}

fn main() {}
