#[rutter::route(GET, "/products/[größe]")]
fn page() {}

fn main() {}
