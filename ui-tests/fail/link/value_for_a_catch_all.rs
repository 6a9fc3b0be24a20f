use rutter::prelude::*;

#[route(GET, "/files/[...path]")]
fn file(path: Vec<String>) {
    let _ = path;
}

fn main() {
    file::path("a/b");
}
