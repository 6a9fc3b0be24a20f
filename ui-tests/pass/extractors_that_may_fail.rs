//! `Option` is for what may be absent, `Result` for what the handler answers itself.

use rutter::{BodyRejection, JsonRejection, prelude::*};

#[route(POST, "/option")]
async fn option(json: Option<Json<u8>>, query: Option<Query<Vec<(String, String)>>>) -> String {
    format!("{json:?} {query:?}")
}

#[route(POST, "/result")]
async fn result(json: Result<Json<u8>, JsonRejection>, uri: Option<&Uri>) -> String {
    format!("{} {uri:?}", json.is_ok())
}

#[route(POST, "/both")]
async fn both(bytes: Result<Option<Bytes>, BodyRejection>, state: Option<State<u8>>) -> String {
    format!("{} {}", bytes.is_ok(), state.is_some())
}

fn main() {
    assert!(rutter::collect!().state(1_u8).build().is_ok());
}
