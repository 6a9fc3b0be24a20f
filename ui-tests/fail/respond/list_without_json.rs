use rutter::prelude::*;

#[route(GET, "/products")]
fn products() -> Vec<String> {
    vec!["chair".to_owned()]
}

fn main() {}
