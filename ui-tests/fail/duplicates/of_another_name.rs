use rutter::route;

#[route(GET, "/products/[id]")]
fn by_id(id: u64) {}

#[route(GET, "/products/[slug]")]
fn by_slug(slug: String) {}

fn main() {}
