use std::rc::Rc;

use rutter::prelude::*;

#[route(GET, "/products")]
async fn products() -> String {
    let name = Rc::new("chair".to_owned());
    tokio::task::yield_now().await;
    name.to_string()
}

fn main() {}
