#[rutter::route(GET, "/products", status = 201, status = 202)]
fn page() {}

fn main() {}
