#[rutter::route(GET, "/products", vary(header("accept-language")))]
fn products() {}

fn main() {}
