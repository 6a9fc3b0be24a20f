use rutter::prelude::*;

#[route(GET, "/files/[...path]")]
fn file(path: Vec<String>) {}

fn main() {
    file::path("a/b");
}
