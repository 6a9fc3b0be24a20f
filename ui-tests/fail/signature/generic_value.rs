#[rutter::route(GET, "/products")]
fn products<const N: usize>() {}

fn main() {}
