#[rutter::route(GET, "/products/[id]")]
fn product(id: Vec<u64>) {}

fn main() {}
