#[rutter::route(GET, "/docs/[[...path]]")]
fn docs(path: Vec<String>) {}

fn main() {}
