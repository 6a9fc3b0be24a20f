#[rutter::route(GET, "/docs/[[...path]]")]
fn docs(path: Option<String>) {}

fn main() {}
