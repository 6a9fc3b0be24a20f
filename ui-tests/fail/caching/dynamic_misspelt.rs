#[rutter::route(GET, "/products", dynamc)]
fn products() {}

fn main() {}
