use rutter::prelude::*;

#[derive(FromRequest)]
#[from_request(via = Json)]
struct Page {
    headers: HeaderMap,
}

fn main() {}
