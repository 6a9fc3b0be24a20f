//! A handler may have the name of a keyword; its arguments, too, where they are no segments.

use rutter::prelude::*;

#[route(GET, "/match/[type_]")]
fn r#match(type_: u8, r#where: &Uri) -> String {
    format!("{type_} {where}", r#where = r#where)
}

#[route(DELETE, "/[id]")]
async fn r#move(r#id: u64) -> String {
    id.to_string()
}

fn main() {
    assert!(rutter::routes![r#match, r#move].build().is_ok());
    assert_eq!((r#match::ROUTE.name(), r#match::path(7)), ("match", "/match/7".to_owned()));
}
