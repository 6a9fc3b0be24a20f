#[rutter::route(HEAD, "/products", revalidate = 60)]
fn products() {}

fn main() {}
