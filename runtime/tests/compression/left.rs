//! What is sent as it is, whatever the client accepts.

use rutter::prelude::*;

use crate::{compressing, get, lines};

/// What the route answers: its status, its headers and its body.
type Given = (u16, &'static [(&'static str, &'static str)], String);

#[route(GET, "/given", dynamic, register = false)]
fn given(given: State<Given>) -> Response {
    let (status, headers, body) = &*given.0;
    let mut response = body.clone().status(*status).into_response();
    for (name, value) in *headers {
        response.headers_mut().insert(*name, value.parse().expect("a value"));
    }
    response
}

async fn is_left(status: u16, headers: &'static [(&'static str, &'static str)], body: String) -> bool {
    let plain = body.clone();
    let given: Given = (status, headers, body);
    let server = compressing(rutter::routes![given].state(given)).await;
    let answer = get(&server, "/given", "br, zstd, gzip").await;
    assert_eq!(answer.status, status);
    let is_left = answer.body == plain.as_bytes();
    assert_eq!(is_left, answer.header("vary").is_none(), "{headers:?}");
    is_left
}

#[tokio::test]
async fn text_is_compressed() {
    for media_type in [
        "text/html; charset=utf-8",
        "text/csv",
        "application/json",
        "application/problem+json",
        "application/javascript",
        "application/wasm",
        "image/svg+xml",
    ] {
        let headers = Box::leak(Box::new([("content-type", media_type)]));
        assert!(!is_left(200, headers, lines(100)).await, "{media_type}");
    }
}

#[tokio::test]
async fn events_images_and_archives_are_left() {
    for media_type in ["text/event-stream", "image/png", "video/mp4", "font/woff2", "application/zip"] {
        let headers = Box::leak(Box::new([("content-type", media_type)]));
        assert!(is_left(200, headers, lines(100)).await, "{media_type}");
    }
}

#[tokio::test]
async fn what_is_short_is_left() {
    assert!(is_left(200, &[], "x".repeat(1_023)).await);
    assert!(!is_left(200, &[], "x".repeat(1_024)).await);
}

#[tokio::test]
async fn what_must_stay_as_it_is_is_left() {
    for header in [
        ("content-encoding", "x-own"),
        ("cache-control", "no-store, no-transform"),
        ("content-range", "bytes 0-9/10"),
        ("content-digest", "sha-256=:YQ==:"),
    ] {
        assert!(is_left_with(header).await, "{header:?}");
    }
    assert!(!is_left_with(("cache-control", "no-store")).await);
    assert!(!is_left(500, &[], lines(100)).await);
}

#[tokio::test]
async fn a_part_is_left_and_varies_as_the_whole_would() {
    for (headers, vary) in [
        (&[("content-range", "bytes 0-9/10000")] as &[_], Some("accept-encoding")),
        (&[("content-type", "multipart/byteranges; boundary=7")], Some("accept-encoding")),
        (&[("content-type", "video/mp4"), ("content-range", "bytes 0-9/10000")], None),
        (&[("content-encoding", "x-own"), ("content-range", "bytes 0-9/10000")], None),
        (&[("cache-control", "no-transform"), ("content-range", "bytes 0-9/10000")], None),
    ] {
        let given: Given = (206, headers, lines(100));
        let server = compressing(rutter::routes![given].state(given)).await;
        let answer = get(&server, "/given", "br, zstd, gzip").await;
        assert_eq!((answer.status, answer.body.len()), (206, lines(100).len()), "{headers:?}");
        assert_eq!(
            (answer.encoding().filter(|own| *own != "x-own"), answer.header("vary")),
            (None, vary),
            "{headers:?}"
        );
    }
}

async fn is_left_with(header: (&'static str, &'static str)) -> bool {
    let given: Given = (200, Box::leak(Box::new([header])), lines(100));
    let server = compressing(rutter::routes![given].state(given)).await;
    get(&server, "/given", "br").await.body == lines(100).as_bytes()
}
