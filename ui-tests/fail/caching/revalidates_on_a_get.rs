#[rutter::route(GET, "/products", revalidates("products"))]
fn products() {}

fn main() {}
