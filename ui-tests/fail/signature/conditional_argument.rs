#[rutter::route(GET, "/products")]
fn products(#[cfg(unix)] which: String) {
    let _ = which;
}

fn main() {}
