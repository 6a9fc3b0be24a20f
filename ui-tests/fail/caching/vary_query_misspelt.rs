#[rutter::route(GET, "/products", vary(qeury("page")))]
fn products() {}

fn main() {}
