#[rutter::route(GET, "/products", revalidte = 60)]
fn products() {}

fn main() {}
