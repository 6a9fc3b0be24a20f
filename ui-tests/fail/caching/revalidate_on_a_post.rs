#[rutter::route(POST, "/products", revalidate = 60)]
fn products() {}

fn main() {}
