#[rutter::route(GET, "/users/[user]/posts/[post]")]
fn post() {}

fn main() {}
