#[rutter::route(GET, "/products")]
mod products {}

fn main() {}
