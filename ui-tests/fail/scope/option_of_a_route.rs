use rutter::prelude::*;

scope! { timeout: 30s }

fn main() {}
