use rutter::prelude::*;

#[route(GET, "/products")]
fn products() -> impl Future<Output = String> {
    async { "chair".to_owned() }
}

fn main() {}
