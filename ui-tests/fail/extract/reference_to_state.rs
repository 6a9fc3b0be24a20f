use rutter::prelude::*;

struct Db;

#[route(GET, "/products")]
async fn products(db: &Db) {}

fn main() {}
