#[rutter::route(dynamic, GET, "/products")]
fn products() {}

fn main() {}
