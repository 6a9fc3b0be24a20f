#[rutter::route(GET, "/products", tags(concat!("a", "b")))]
fn products() {}

fn main() {}
