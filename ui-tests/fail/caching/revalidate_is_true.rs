#[rutter::route(GET, "/products", revalidate = true)]
fn products() {}

fn main() {}
