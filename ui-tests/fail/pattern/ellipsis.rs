#[rutter::route(GET, "/files/[…path]")]
fn page() {}

fn main() {}
