#[rutter::route(POST, "/products", tags("products"), revalidates("shop"))]
fn products() {}

fn main() {}
