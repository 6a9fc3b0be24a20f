use rutter::route;

#[route(GET, "/cart")]
fn cart() {}

#[route(GET, "/(shop)/cart")]
fn shop_cart() {}

fn main() {}
