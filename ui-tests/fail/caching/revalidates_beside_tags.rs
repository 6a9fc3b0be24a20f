#[rutter::route(GET, "/products", tags("shop"), revalidates("products"))]
fn products() {}

fn main() {}
