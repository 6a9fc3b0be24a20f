use rutter::prelude::*;

#[route(GET, "/hello/[name]")]
fn hello(name: &str) -> &str {
    name
}

fn main() {}
