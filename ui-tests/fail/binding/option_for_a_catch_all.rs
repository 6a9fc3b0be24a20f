#[rutter::route(GET, "/files/[...path]")]
fn file(path: Option<Vec<String>>) {}

fn main() {}
