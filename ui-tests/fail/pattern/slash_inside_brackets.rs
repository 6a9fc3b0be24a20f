#[rutter::route(GET, "/products/[id/edit]")]
fn page() {}

fn main() {}
