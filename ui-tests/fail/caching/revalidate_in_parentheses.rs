#[rutter::route(GET, "/products", revalidate(60))]
fn products() {}

fn main() {}
