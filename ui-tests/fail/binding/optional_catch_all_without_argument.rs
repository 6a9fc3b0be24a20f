#[rutter::route(GET, "/docs/[[...path]]")]
fn docs() {}

fn main() {}
