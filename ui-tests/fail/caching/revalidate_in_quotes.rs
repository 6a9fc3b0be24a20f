#[rutter::route(GET, "/products", revalidate = "1h")]
fn products() {}

fn main() {}
