#[rutter::route(GET, r"/products\all")]
fn page() {}

fn main() {}
