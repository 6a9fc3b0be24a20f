#[rutter::route(GET, "/products", status = 202, revalidate = 60, tags("products"))]
fn products() {}

fn main() {}
