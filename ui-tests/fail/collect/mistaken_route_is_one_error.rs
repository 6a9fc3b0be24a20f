use rutter::prelude::*;

#[route(GET, "products")]
fn products() {}

fn main() {
    let _ = rutter::routes![products].build();
}
