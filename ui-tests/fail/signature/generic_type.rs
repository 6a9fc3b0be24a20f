#[rutter::route(GET, "/products")]
fn products<T>(which: T) {}

fn main() {}
