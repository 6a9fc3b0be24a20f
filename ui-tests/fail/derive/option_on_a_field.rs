use rutter::prelude::*;

#[derive(FromRequest)]
struct Page {
    #[from_request(crate = rutter)]
    headers: HeaderMap,
}

fn main() {}
