rutter::scope! { cros: API, crate: "rutter", colour: 1 }

fn main() {}
