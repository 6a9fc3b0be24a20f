#[rutter::route(GET, "/files/[...path]")]
fn file(path: String) {
    let _ = path;
}

fn main() {}
