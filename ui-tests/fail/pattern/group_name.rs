#[rutter::route(GET, "/(our shop)/cart")]
fn page() {}

fn main() {}
