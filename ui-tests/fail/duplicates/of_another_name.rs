use rutter::route;

#[route(GET, "/products/[id]")]
fn by_id(id: u64) {
    let _ = id;
}

#[route(GET, "/products/[slug]")]
fn by_slug(slug: String) {
    let _ = slug;
}

fn main() {}
