#[rutter::route(GET, "/products", tags["products", "shop"])]
fn products() {}

fn main() {}
