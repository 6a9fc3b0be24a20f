#[rutter::route(GET, "/docs#top")]
fn page() {}

fn main() {}
