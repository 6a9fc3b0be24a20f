#[rutter::route(GET, "/products", vary(query("page"), query("page")))]
fn products() {}

fn main() {}
