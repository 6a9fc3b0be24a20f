use rutter::prelude::*;

static API: Cors = Cors::origins(&["https://app.example.com"]).dev_origin("localhost:5173");

#[route(GET, "/products", cors = API)]
fn products() {}

fn main() {}
