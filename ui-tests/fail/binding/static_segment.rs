#[rutter::route(GET, "/products/[slug]")]
fn product(slug: &'static str) {
    let _ = slug;
}

fn main() {}
