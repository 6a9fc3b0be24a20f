#[rutter::route([GET, POST], "/products", revalidate = 60)]
fn products() {}

fn main() {}
