#[rutter::route(GET, "/docs/[[...path]]")]
fn docs(path: Option<String>) {
    let _ = path;
}

fn main() {}
