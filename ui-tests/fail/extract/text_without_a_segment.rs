use rutter::prelude::*;

#[route(GET, "/products")]
async fn products(page: &str) {}

fn main() {}
