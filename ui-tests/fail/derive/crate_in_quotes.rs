use rutter::prelude::*;

#[derive(FromRequest)]
#[from_request(crate = "rutter")]
struct Page {
    headers: HeaderMap,
}

fn main() {}
