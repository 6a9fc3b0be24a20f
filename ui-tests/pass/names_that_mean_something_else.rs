//! What is generated means what it means, whatever a crate calls its own things.

#![allow(dead_code, non_camel_case_types, unused)]

mod core {}
mod std {}
mod alloc {}
struct Result;
struct Option;
struct String;
struct Vec;
struct Some;
struct Ok;
struct Err;
struct Send;
struct Sized;
struct Future;
trait FromRequest {}
trait IntoResponse {}
trait Drop {}
type u64 = ();
macro_rules! concat {
    () => {};
}
macro_rules! env {
    () => {};
}
macro_rules! file {
    () => {};
}
macro_rules! stringify {
    () => {};
}
macro_rules! module_path {
    () => {};
}

use ::rutter::{FromRequest as Derived, HeaderMap, Uri, route};

#[derive(Derived)]
struct Place {
    uri: Uri,
}

#[route(GET, "/[slot]/[head]/[...body]", timeout = 1s)]
async fn call(
    slot: u8,
    head: &str,
    body: ::std::vec::Vec<u8>,
    requirements: Place,
    argument_0: &HeaderMap,
    link: ::rutter::Bytes,
) -> ::std::string::String {
    ::std::format!("{slot}{head}{body:?}{}{}{}", requirements.uri, argument_0.len(), link.len())
}

#[route(GET, "/link")]
fn link() {}

fn main() {
    assert!(::rutter::collect!().build().is_ok());
    assert_eq!(call::path(1, "a", [1_u8, 2]), "/1/a/1/2");
}
