use rutter::prelude::*;

#[route(GET, "/products", revalidate = 60)]
fn products(headers: &HeaderMap, text: String) -> (StatusCode, Body) {
    let _ = headers;
    (StatusCode::OK, text.into())
}

fn main() {}
