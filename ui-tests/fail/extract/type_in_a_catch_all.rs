use rutter::prelude::*;

struct Slug(String);

#[route(GET, "/docs/[...path]")]
async fn docs(path: Vec<Slug>) {
    let _ = path;
}

fn main() {}
