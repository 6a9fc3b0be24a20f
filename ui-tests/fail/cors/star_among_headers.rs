use rutter::prelude::*;

static API: Cors = Cors::any().headers(&["*"]);

#[route(GET, "/products", cors = API)]
fn products() {}

fn main() {}
