#[rutter::route(GET, "/products")]
fn products(which: impl ToString) {
    let _ = which;
}

fn main() {}
