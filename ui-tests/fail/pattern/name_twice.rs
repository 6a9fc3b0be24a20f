#[rutter::route(GET, "/users/[id]/posts/[id]")]
fn page() {}

fn main() {}
