use rutter::prelude::*;

static API: Cors = Cors::origins(&["https://app.example.com/"]);

#[route(GET, "/products", cors = API)]
fn products() {}

fn main() {}
