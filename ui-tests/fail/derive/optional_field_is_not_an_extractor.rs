use rutter::prelude::*;

#[derive(FromRequest)]
struct Page {
    number: Option<u32>,
}

fn main() {}
