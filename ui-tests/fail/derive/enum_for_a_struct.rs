use rutter::prelude::*;

#[derive(FromRequest)]
enum Page {
    Number(Query<u32>),
}

fn main() {}
