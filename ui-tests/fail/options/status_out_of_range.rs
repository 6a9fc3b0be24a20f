#[rutter::route(GET, "/products", status = 99)]
fn page() {}

fn main() {}
