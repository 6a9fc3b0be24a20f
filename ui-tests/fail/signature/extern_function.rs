#[rutter::route(GET, "/products")]
extern "C" fn products() {}

fn main() {}
