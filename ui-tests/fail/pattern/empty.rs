#[rutter::route(GET, "")]
fn page() {}

fn main() {}
