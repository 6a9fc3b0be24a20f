//! From what a handler returns to an answer.

// A handler takes its arguments by value, and may be `async` without waiting.
#![allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unnecessary_wraps)]

use rutter::{Refine, http::HeaderMap, prelude::*, testing::Client};

#[route(GET, "/text")]
fn text() -> &'static str {
    "text"
}

#[route(GET, "/fluent")]
fn fluent() -> impl IntoResponse {
    Json([1, 2]).status(203).header("x-served-by", "rutter")
}

#[route(GET, "/tuple")]
fn tuple() -> (StatusCode, [(&'static str, &'static str); 2], &'static str) {
    (StatusCode::ACCEPTED, [("set-cookie", "a=1"), ("set-cookie", "b=2")], "later")
}

#[route(GET, "/map")]
fn map() -> (HeaderMap, Html<&'static str>) {
    (HeaderMap::from_iter([("x-a".parse().expect("a name"), "b".parse().expect("a value"))]), Html("<p>"))
}

#[route(GET, "/none")]
fn none() -> Option<Json<u8>> {
    None
}

#[route(GET, "/split")]
fn split() -> impl IntoResponse {
    "never sent".header("x-a", "b\r\nset-cookie: c=d")
}

#[route(GET, "/failed")]
fn failed() -> Result<String, Problem> {
    Ok(std::fs::read_to_string("/there/is/no/such/file")?)
}

#[route(GET, "/refused")]
fn refused() -> Result<NoContent, Problem> {
    Err(Problem::forbidden("only the owner may do this").with("owner", "ada"))
}

#[route(GET, "/file")]
fn file() -> Attachment {
    Attachment::new("naïve \"plan\".txt", "…").content_type("text/plain")
}

#[route(GET, "/gone")]
fn gone() -> Redirect {
    Redirect::permanent("/new place")
}

#[route(GET, "/passed")]
fn passed() -> Response {
    let mut response = "seen".into_response();
    // The getter of `http`, not the setter of the fluent form.
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
    }
    response
}

fn client() -> Client {
    let app = rutter::routes![text, fluent, tuple, map, none, split, failed, refused, file, gone, passed].build();
    Client::new(app.unwrap_or_else(|error| panic!("{error}")))
}

#[tokio::test]
async fn each_value_has_its_status_type_and_bytes() {
    for (path, status, kind, body) in [
        ("/text", 200, Some("text/plain; charset=utf-8"), "text"),
        ("/fluent", 203, Some("application/json"), "[1,2]"),
        ("/tuple", 202, Some("text/plain; charset=utf-8"), "later"),
        ("/map", 200, Some("text/html; charset=utf-8"), "<p>"),
        ("/none", 404, Some("application/problem+json"), r#"{"title":"Not Found","status":404}"#),
        ("/file", 200, Some("text/plain"), "…"),
        ("/gone", 308, None, ""),
        ("/passed", 418, Some("text/plain; charset=utf-8"), "seen"),
    ] {
        let answer = client().get(path).send().await;
        assert_eq!(
            (answer.status().as_u16(), answer.header("content-type"), answer.text()),
            (status, kind, body),
            "{path}"
        );
    }
}

#[tokio::test]
async fn headers_are_sent_as_they_were_set() {
    assert_eq!(client().get("/fluent").send().await.header("x-served-by"), Some("rutter"));
    assert_eq!(client().get("/map").send().await.header("x-a"), Some("b"));
    assert_eq!(client().get("/gone").send().await.header("location"), Some("/new%20place"));
    let tuple = client().get("/tuple").send().await;
    assert_eq!(tuple.headers().get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(
        client().get("/file").send().await.header("content-disposition"),
        Some("attachment; filename=\"na_ve _plan_.txt\"; filename*=UTF-8''na%C3%AFve%20%22plan%22.txt"),
    );
}

#[tokio::test]
async fn a_header_that_would_split_the_answer_is_never_sent() {
    let answer = client().get("/split").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("x-a")), (500, None));
    assert_eq!(answer.text(), r#"{"title":"Internal Server Error","status":500}"#);
}

#[tokio::test]
async fn an_error_of_another_kind_is_a_500_that_says_nothing() {
    let answer = client().get("/failed").send().await;
    assert_eq!(answer.status(), 500);
    assert_eq!(answer.text(), r#"{"title":"Internal Server Error","status":500}"#);
}

#[tokio::test]
async fn a_problem_is_what_the_handler_says() {
    let answer = client().get("/refused").send().await;
    assert_eq!(
        answer.text(),
        r#"{"title":"Forbidden","status":403,"detail":"only the owner may do this","owner":"ada"}"#,
    );
}
