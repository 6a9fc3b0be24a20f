#[rutter::route(GET, "/products", vary())]
fn products() {}

fn main() {}
