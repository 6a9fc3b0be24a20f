#[rutter::route(GET, "/products", revalidate = 400d)]
fn products() {}

fn main() {}
