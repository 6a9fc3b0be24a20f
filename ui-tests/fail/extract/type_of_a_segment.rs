use rutter::prelude::*;

struct Slug(String);

#[route(GET, "/products/[slug]")]
async fn product(slug: Slug) {
    let _ = slug;
}

fn main() {}
