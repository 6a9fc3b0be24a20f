#[rutter::route(GET, "/users/[user]/posts/[post]/[...path]")]
fn post(_post: u64, path: String) {
    let _ = path;
}

fn main() {}
