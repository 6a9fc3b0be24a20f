#[rutter::route(GET, "/docs/../products")]
fn page() {}

fn main() {}
