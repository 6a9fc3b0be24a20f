use rutter::prelude::*;

fn product() {}

fn main() {
    let _ = rutter::routes![product].build();
}
