use rutter::prelude::*;

scope! { cros: API }

fn main() {}
