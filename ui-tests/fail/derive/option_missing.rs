use rutter::prelude::*;

#[derive(FromRequest)]
#[from_request]
struct Page {
    headers: HeaderMap,
}

fn main() {}
