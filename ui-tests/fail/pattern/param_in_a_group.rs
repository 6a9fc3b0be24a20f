#[rutter::route(GET, "/([id])/cart")]
fn page() {}

fn main() {}
