use rutter::prelude::*;

scope! { cors: }

fn main() {}
