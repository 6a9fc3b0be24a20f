//! A struct of extractors is an extractor: with names, without, with parameters, and one inside another.

use rutter::prelude::*;

struct Db;

#[derive(FromRequest)]
struct Caller {
    headers: HeaderMap,
    method: Method,
}

#[derive(FromRequest)]
struct Place(Uri, State<Db>);

#[derive(FromRequest)]
struct New<T>
where
    T: Clone,
{
    caller: Caller,
    place: Place,
    body: T,
    r#type: Option<State<Db>>,
}

#[derive(FromRequest)]
struct Lists<const N: usize> {
    numbers: Json<Vec<u8>>,
}

#[route(POST, "/new")]
async fn new(New { caller, place: Place(uri, _), body, r#type }: New<String>) -> String {
    format!("{} {} {uri} {body} {}", caller.method, caller.headers.len(), r#type.is_some())
}

#[route(POST, "/lists")]
async fn lists(lists: Lists<3>) -> String {
    format!("{:?}", lists.numbers)
}

fn main() {
    assert!(rutter::collect!().state(Db).build().is_ok());
    assert!(rutter::collect!().build().is_err(), "what a field requires, the route requires");
    assert_eq!(new::ROUTE.reads().to_string(), "params, query, headers, body");
}
