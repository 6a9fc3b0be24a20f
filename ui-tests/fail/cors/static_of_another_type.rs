use rutter::prelude::*;

static API: &str = "https://app.example.com";

#[route(GET, "/products", cors = API)]
fn products() {}

fn main() {}
