#[rutter::route(GET, "/docs/[[...path]]")]
fn docs(path: Vec<String>) {
    let _ = path;
}

fn main() {}
