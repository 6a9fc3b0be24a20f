use rutter::prelude::*;

struct Db(std::cell::Cell<u8>);

#[route(GET, "/products")]
async fn products(db: State<Db>) {
    let _ = db;
}

fn main() {}
