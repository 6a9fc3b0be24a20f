#[rutter::route(GET, "/files/[...path]", tags("file:[...path]"))]
fn products(path: Vec<String>) {
    let _ = path;
}

fn main() {}
