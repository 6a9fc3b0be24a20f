#[rutter::route(GET, "/products")]
fn products(which: impl ToString) {}

fn main() {}
