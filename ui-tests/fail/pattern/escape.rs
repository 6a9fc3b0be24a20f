#[rutter::route(GET, "/caf%C3%A9")]
fn page() {}

fn main() {}
