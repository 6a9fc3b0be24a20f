use rutter::prelude::*;

struct Db;

#[route(GET, "/products")]
async fn products(db: &Db) {
    let _ = db;
}

fn main() {}
