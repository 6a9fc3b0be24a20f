#[rutter::route(GET, "/products/[id]")]
fn product() {}

fn main() {}
