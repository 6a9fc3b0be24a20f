#[rutter::route(GET, "/products//all")]
fn page() {}

fn main() {}
