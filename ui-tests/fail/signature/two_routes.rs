use rutter::route;

#[route(GET, "/products")]
#[route(GET, "/goods")]
fn products() {}

fn main() {}
