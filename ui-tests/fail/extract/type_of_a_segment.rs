use rutter::prelude::*;

struct Slug(String);

#[route(GET, "/products/[slug]")]
async fn product(slug: Slug) {}

fn main() {}
