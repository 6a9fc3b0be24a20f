//! A handler returns whatever is a response, spelled however.

use rutter::prelude::*;

type Answer<T, E = Problem> = Result<T, E>;

#[derive(serde::Serialize)]
struct Page<T> {
    items: Vec<T>,
}

#[route(GET, "/1")]
async fn alias() -> Answer<Json<Page<u64>>> {
    Ok(Json(Page { items: vec![1] }))
}

#[route(GET, "/2")]
fn implemented() -> impl IntoResponse {
    "text".status(202).header("x-y", "z")
}

#[route(GET, "/3")]
fn tuple() -> (StatusCode, [(&'static str, &'static str); 1], Option<Json<u8>>) {
    (StatusCode::OK, [("x-y", "z")], Some(Json(1)))
}

#[route(GET, "/4")]
fn nothing() {}

#[route(GET, "/5")]
async fn boxed() -> Result<Result<Html<String>, StatusCode>, Problem>
where
    String: Clone,
{
    Ok(Err(StatusCode::GONE))
}

#[route(GET, "/6")]
async fn refined<'a>(uri: &'a Uri) -> impl IntoResponse + use<> {
    let path = uri.path().to_owned();
    Html(path)
}

fn main() {
    assert!(rutter::collect!().build().is_ok());
}
