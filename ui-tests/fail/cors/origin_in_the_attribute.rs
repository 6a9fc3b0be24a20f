use rutter::prelude::*;

#[route(GET, "/products", cors = "https://app.example.com")]
fn products() {}

fn main() {}
