use rutter::prelude::*;

#[derive(FromRequest)]
struct Page<'a, 'b> {
    headers: &'a HeaderMap,
    uri: &'b Uri,
}

fn main() {}
