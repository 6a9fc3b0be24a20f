#[rutter::route(OPTIONS, "/products", revalidates("products"))]
fn products() {}

fn main() {}
