#[rutter::route("/products")]
fn page() {}

fn main() {}
