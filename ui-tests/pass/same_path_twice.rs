//! One path may have several routes, as long as no two answer to the same method, or all but one are not registered.

use rutter::route;

#[route(GET, "/cart")]
fn cart() {}

#[route([POST, PUT], "/cart")]
fn change_cart() {}

#[route(DELETE, "/(shop)/cart")]
fn empty_cart() {}

#[route(GET, "/cart", register = false)]
fn other_cart() {}

#[route(GET, "/[page]")]
fn page(page: &str) -> String {
    page.to_owned()
}

#[route(POST, "/[slug]")]
fn slug(slug: &str) -> String {
    slug.to_owned()
}

#[route(GET, "/[...path]")]
fn rest(path: Vec<String>) -> String {
    path.concat()
}

#[route(GET, "/[[...everything]]")]
fn everything(everything: Option<Vec<String>>) -> String {
    everything.unwrap_or_default().concat()
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
    assert!(rutter::routes![other_cart, change_cart].build().is_ok());
    assert!(rutter::routes![other_cart, cart].build().is_err());
}
