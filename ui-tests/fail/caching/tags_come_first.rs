#[rutter::route(tags("products"), GET, "/products")]
fn products() {}

fn main() {}
