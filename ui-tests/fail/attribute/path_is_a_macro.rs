#[rutter::route(GET, concat!("/products", "/all"))]
fn page() {}

fn main() {}
