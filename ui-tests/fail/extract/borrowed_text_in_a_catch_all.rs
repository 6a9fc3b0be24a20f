use rutter::prelude::*;

#[route(GET, "/docs/[...path]")]
async fn docs(path: Vec<&str>) {
    let _ = path;
}

fn main() {}
