#[rutter::route(GET, "/report*")]
fn page() {}

fn main() {}
