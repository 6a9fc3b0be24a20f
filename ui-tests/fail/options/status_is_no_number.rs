#[rutter::route(GET, "/products", status = CREATED)]
fn page() {}

fn main() {}
