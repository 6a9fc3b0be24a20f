#[rutter::route(GET, "/products")]
fn products<T>(which: T) {
    let _ = which;
}

fn main() {}
