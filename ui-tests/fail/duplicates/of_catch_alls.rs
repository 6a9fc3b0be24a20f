use rutter::route;

#[route(GET, "/files/[...path]")]
fn files(path: Vec<String>) {
    let _ = path;
}

#[route(GET, "/files/[...rest]")]
fn rest(rest: Vec<String>) {
    let _ = rest;
}

fn main() {}
