#[rutter::route(GET, "/a|b")]
fn page() {}

fn main() {}
