use rutter::prelude::*;

struct Day(u16, u8, u8);

#[route(GET, "/archive/[[...day]]")]
async fn archive(day: Day) {
    let _ = day;
}

fn main() {}
