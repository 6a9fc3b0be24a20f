use rutter::prelude::*;

static API: Cors = Cors::any().credentials();

#[route(GET, "/products", cors = API)]
fn products() {}

fn main() {}
