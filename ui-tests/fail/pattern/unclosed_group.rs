#[rutter::route(GET, "/(shop/cart")]
fn page() {}

fn main() {}
