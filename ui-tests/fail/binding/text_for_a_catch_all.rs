#[rutter::route(GET, "/files/[...path]")]
fn file(path: String) {}

fn main() {}
