use rutter::prelude::*;

#[derive(FromRequest)]
struct Page;

fn main() {}
