use rutter::prelude::*;

use std::borrow::Cow;

#[route(GET, "/hello/[name]")]
fn hello(name: &str) -> Cow<'_, str> {
    name.into()
}

fn main() {}
