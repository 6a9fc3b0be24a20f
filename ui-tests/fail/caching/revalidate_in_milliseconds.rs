#[rutter::route(GET, "/products", revalidate = 500ms)]
fn products() {}

fn main() {}
