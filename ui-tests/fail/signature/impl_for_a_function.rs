struct Shop;

#[rutter::route(GET, "/products")]
impl Shop {}

fn main() {}
