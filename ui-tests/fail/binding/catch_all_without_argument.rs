#[rutter::route(GET, "/files/[...path]")]
fn file() {}

fn main() {}
