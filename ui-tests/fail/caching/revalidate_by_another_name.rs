#[rutter::route(GET, "/products", cache = 60)]
fn products() {}

fn main() {}
