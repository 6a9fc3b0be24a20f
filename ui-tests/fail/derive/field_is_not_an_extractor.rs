use rutter::prelude::*;

#[derive(FromRequest)]
struct Page {
    number: u32,
}

fn main() {}
