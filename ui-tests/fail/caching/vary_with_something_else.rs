#[rutter::route(GET, "/products", vary(locale("en")))]
fn products() {}

fn main() {}
