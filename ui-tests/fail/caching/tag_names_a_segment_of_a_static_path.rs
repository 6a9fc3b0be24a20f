#[rutter::route(GET, "/products", tags("product:[id]"))]
fn products() {}

fn main() {}
