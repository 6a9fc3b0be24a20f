use rutter::prelude::*;

#[route(GET, "/products", cors = Cors::any())]
fn products() {}

fn main() {}
