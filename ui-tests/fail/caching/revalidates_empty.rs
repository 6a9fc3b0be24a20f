#[rutter::route(POST, "/products", revalidates())]
fn products() {}

fn main() {}
