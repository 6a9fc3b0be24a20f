#[rutter::route(GET, "/products", tags("products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-products-"))]
fn products() {}

fn main() {}
