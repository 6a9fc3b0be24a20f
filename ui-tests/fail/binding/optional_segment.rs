#[rutter::route(GET, "/products/[id]")]
fn product(id: Option<u64>) {}

fn main() {}
