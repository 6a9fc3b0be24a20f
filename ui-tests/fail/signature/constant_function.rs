#[rutter::route(GET, "/products")]
const fn products() {}

fn main() {}
