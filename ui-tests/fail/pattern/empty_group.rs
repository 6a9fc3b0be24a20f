#[rutter::route(GET, "/()/cart")]
fn page() {}

fn main() {}
