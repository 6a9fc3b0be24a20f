use rutter::prelude::*;

#[derive(FromRequest)]
union Page {
    number: u32,
}

fn main() {}
