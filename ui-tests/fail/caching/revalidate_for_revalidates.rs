#[rutter::route(POST, "/products", revalidate("products"))]
fn products() {}

fn main() {}
