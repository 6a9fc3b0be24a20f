#[rutter::route(GET, "/products/[a[b]]")]
fn page() {}

fn main() {}
