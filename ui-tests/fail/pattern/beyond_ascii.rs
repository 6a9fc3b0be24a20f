#[rutter::route(GET, "/café")]
fn page() {}

fn main() {}
