use rutter::prelude::*;

#[route(GET, "/count")]
fn count() -> u64 {
    7
}

fn main() {}
