#[rutter::route("/products", GET)]
fn page() {}

fn main() {}
