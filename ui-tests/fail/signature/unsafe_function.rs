#[rutter::route(GET, "/products")]
unsafe fn products() {}

fn main() {}
