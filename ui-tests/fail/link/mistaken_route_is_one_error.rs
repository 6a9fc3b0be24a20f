use rutter::prelude::*;

#[route(GET, "/products/{id}")]
fn product(id: u64) {}

fn main() {
    product::path(7);
}
