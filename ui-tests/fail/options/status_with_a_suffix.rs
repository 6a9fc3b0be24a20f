#[rutter::route(GET, "/products", status = 201u16)]
fn page() {}

fn main() {}
