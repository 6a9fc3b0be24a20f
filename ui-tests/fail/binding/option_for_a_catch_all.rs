#[rutter::route(GET, "/files/[...path]")]
fn file(path: Option<Vec<String>>) {
    let _ = path;
}

fn main() {}
