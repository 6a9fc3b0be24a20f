use rutter::route;

#[route([GET, PUT], "/cart")]
fn cart() {}

#[route([PUT, PATCH], "/cart")]
fn change_cart() {}

fn main() {}
