#[rutter::route(GET, "/flights/[from]-[to]")]
fn page() {}

fn main() {}
