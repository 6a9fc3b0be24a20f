use rutter::prelude::*;

#[route(GET, "/home", vary("host"))]
fn home(host: Host) -> String {
    format!("welcome to {host}")
}

fn main() {}
