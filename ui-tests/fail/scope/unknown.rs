use rutter::prelude::*;

scope! { colour: 1 }

fn main() {}
