#[rutter::route(GET, "/products")]
const unsafe fn products<T>() {}

fn main() {}
