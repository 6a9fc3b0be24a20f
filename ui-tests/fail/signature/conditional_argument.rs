#[rutter::route(GET, "/products")]
fn products(#[cfg(unix)] which: String) {}

fn main() {}
