#[rutter::route(GET, "/products", revalidate)]
fn products() {}

fn main() {}
