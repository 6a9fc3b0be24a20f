#[rutter::route(GET, "/products/[slug]")]
fn product(slug: &'static str) {}

fn main() {}
