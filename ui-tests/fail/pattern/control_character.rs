#[rutter::route(GET, "/bell\u{7}")]
fn page() {}

fn main() {}
