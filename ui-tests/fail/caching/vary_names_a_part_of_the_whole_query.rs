#[rutter::route(GET, "/products", vary(query("page"), query))]
fn products() {}

fn main() {}
