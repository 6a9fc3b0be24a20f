use rutter::prelude::*;

#[route(GET, "/products/{id}")]
fn product(id: u64) {
    let _ = id;
}

fn main() {
    product::path(7);
}
