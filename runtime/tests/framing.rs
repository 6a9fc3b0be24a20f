//! How an answer is framed is decided by its body and its status, whatever a handler says.

mod common;

use common::start;
use http_body_util::{BodyExt, Empty};
use rutter::prelude::*;

#[tokio::test]
async fn an_answer_is_as_long_as_its_body_whatever_the_handler_says() {
    let server = start(rutter::routes![lies, chunks, empty]).await;
    let lying = server.get("/lies").await;
    assert_eq!((lying.header("content-length"), lying.text()), (Some("5"), "whole".to_owned()));
    let chunks = server.get("/chunks").await;
    assert_eq!((chunks.header("transfer-encoding"), chunks.text()), (None, "whole".to_owned()));
    for status in [204, 205, 304] {
        let empty = server.get(&format!("/empty/{status}")).await;
        assert_eq!((empty.status(), empty.text()), (status, String::new()));
    }
    assert_eq!(server.get("/empty/101").await.status(), 500);
}

#[route(GET, "/lies")]
fn lies() -> impl IntoResponse {
    "whole".header("content-length", "0")
}

#[route(GET, "/chunks")]
fn chunks() -> impl IntoResponse {
    "whole".header("transfer-encoding", "gzip")
}

#[route(GET, "/empty/[status]")]
fn empty(status: u16) -> Reply {
    "a body that no client may see".status(status)
}

#[tokio::test]
async fn an_answer_without_a_body_has_none_over_http_2() {
    let server = start(rutter::routes![empty]).await;
    let mut sender = server.http2().await;
    for status in [204, 205, 304] {
        let uri = format!("http://localhost/empty/{status}");
        let request = http::Request::builder().uri(uri).body(Empty::<Bytes>::new()).expect("a request");
        let answer = sender.send_request(request).await.expect("an answer");
        assert_eq!(answer.status(), status);
        assert!(answer.into_body().collect().await.expect("no error").to_bytes().is_empty());
    }
}
