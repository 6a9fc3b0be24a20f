//! An extractor is known by its type, whatever it is called.

use rutter::prelude::*;

struct Pool;

type Db = State<Pool>;
type Headers<'r> = &'r HeaderMap;
type Text = String;
type Maybe<T> = Option<T>;

#[route(POST, "/notes", status = 201)]
async fn new_note(db: Db, headers: Headers<'_>, note: Maybe<Text>) -> String {
    let _: &Pool = &db;
    format!("{} {note:?}", headers.len())
}

fn main() {
    assert!(rutter::collect!().state(Pool).build().is_ok());
    assert!(rutter::collect!().build().is_err());
    assert_eq!(new_note::ROUTE.reads().to_string(), "headers, body");
}
