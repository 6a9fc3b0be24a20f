#[rutter::route(GET, "/products/[id]")]
fn product(_id: u64) {}

fn main() {}
