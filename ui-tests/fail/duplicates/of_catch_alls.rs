use rutter::route;

#[route(GET, "/files/[...path]")]
fn files(path: Vec<String>) {}

#[route(GET, "/files/[...rest]")]
fn rest(rest: Vec<String>) {}

fn main() {}
