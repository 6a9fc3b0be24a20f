use rutter::prelude::*;

#[route(GET, "/products", revalidate = 60)]
fn products(text: String) -> String {
    text
}

fn main() {}
