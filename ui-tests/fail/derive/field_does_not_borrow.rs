use rutter::prelude::*;

#[derive(FromRequest)]
struct Page<'r> {
    headers: &'r HeaderMap,
    body: Bytes,
}

fn main() {}
