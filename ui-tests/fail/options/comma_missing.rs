#[rutter::route(GET, "/products", status = 201 timeout = 30s)]
fn page() {}

fn main() {}
