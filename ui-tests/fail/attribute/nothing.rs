#[rutter::route()]
fn page() {}

fn main() {}
