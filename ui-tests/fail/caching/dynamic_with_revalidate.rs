#[rutter::route(GET, "/products", dynamic, revalidate = 60)]
fn products() {}

fn main() {}
