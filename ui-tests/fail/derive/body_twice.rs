use rutter::prelude::*;

#[derive(FromRequest)]
struct New {
    text: String,
    bytes: Bytes,
}

fn main() {}
