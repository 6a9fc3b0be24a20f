#[rutter::route(POST, "/products", revalidates = 60)]
fn products() {}

fn main() {}
