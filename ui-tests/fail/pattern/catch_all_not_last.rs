#[rutter::route(GET, "/files/[...path]/meta")]
fn page() {}

fn main() {}
