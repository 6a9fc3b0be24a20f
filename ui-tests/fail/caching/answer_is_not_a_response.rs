use rutter::prelude::*;

#[route(GET, "/products", revalidate = 60)]
fn products() -> Vec<String> {
    Vec::new()
}

fn main() {}
