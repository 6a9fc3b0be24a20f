#[rutter::route(GET, "/products", revalidate = 60, revalidate = 2h)]
fn products() {}

fn main() {}
