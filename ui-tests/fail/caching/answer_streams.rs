use rutter::prelude::*;

#[route(GET, "/products", revalidate = 60)]
fn products() -> Body {
    "[]".into()
}

fn main() {}
