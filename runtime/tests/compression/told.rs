//! What is said of an answer that is compressed, or could be: on 200, HEAD and 304.

use rutter::{BoxError, prelude::*};

use crate::{ask, compressing, get, lines};

/// A handler that looks at conditions itself.
#[route(GET, "/own", register = false)]
fn own(headers: &HeaderMap) -> impl IntoResponse {
    let has = headers.get("if-none-match").is_some_and(|value| value.to_str().is_ok_and(|tag| tag.contains("\"v1\"")));
    let told = [("etag", "\"v1\""), ("vary", "origin"), ("accept-ranges", "bytes")];
    if has {
        return NoContent.status(304).header("etag", "\"v1\"").into_response();
    }
    (told, lines(100)).into_response()
}

#[tokio::test]
async fn a_compressed_answer_is_another_representation() {
    let server = compressing(rutter::routes![own]).await;
    let answer = get(&server, "/own", "gzip").await;
    let vary = answer.vary();
    assert_eq!((answer.told()[0], answer.told()[2]), (Some("gzip"), Some("W/\"v1\"")));
    assert_eq!((vary, answer.header("accept-ranges")), ("origin, accept-encoding".to_owned(), None));
    let answer = ask(&server, "GET", "/own", &[]).await;
    let vary = answer.vary();
    assert_eq!((answer.told()[0], answer.told()[2]), (None, Some("\"v1\"")));
    assert_eq!((vary, answer.header("accept-ranges")), ("origin, accept-encoding".to_owned(), Some("bytes")));
}

#[tokio::test]
async fn a_304_has_the_tag_of_the_200() {
    let server = compressing(rutter::routes![own]).await;
    for accepts in ["gzip", "identity"] {
        let tag = get(&server, "/own", accepts).await.header("etag").expect("a tag").to_owned();
        let headers = [("accept-encoding", accepts), ("if-none-match", &*tag)];
        let answer = ask(&server, "GET", "/own", &headers).await;
        assert_eq!(answer.status, 304, "{accepts}");
        assert_eq!(answer.told(), [None, Some("accept-encoding"), Some(&*tag)], "{accepts}");
    }
}

#[tokio::test]
async fn head_says_what_get_would() {
    let server = compressing(rutter::routes![own]).await;
    for accepts in ["gzip", "identity"] {
        let headers = [("accept-encoding", accepts)];
        let [get, head] = [ask(&server, "GET", "/own", &headers).await, ask(&server, "HEAD", "/own", &headers).await];
        assert_eq!((head.status, head.told(), head.body.len()), (200, get.told(), 0), "{accepts}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{accepts}");
    }
    // Only compressing would tell how long it is.
    let compressed = ask(&server, "HEAD", "/own", &[("accept-encoding", "gzip")]).await;
    assert_eq!(compressed.header("content-length"), None);
    let plain = ask(&server, "HEAD", "/own", &[]).await;
    assert_eq!(plain.header("content-length"), Some(&*lines(100).len().to_string()));
}

#[route(HEAD, "/head/[len]", register = false)]
fn head_alone(len: u32) -> impl IntoResponse {
    "".header("content-length", len.to_string())
}

#[tokio::test]
async fn a_handler_of_its_own_for_head_says_the_length() {
    let server = compressing(rutter::routes![head_alone]).await;
    let headers = [("accept-encoding", "gzip")];
    let long = ask(&server, "HEAD", "/head/5000", &headers).await;
    assert_eq!((long.encoding(), long.header("content-length")), (Some("gzip"), None));
    let short = ask(&server, "HEAD", "/head/50", &headers).await;
    assert_eq!((short.encoding(), short.header("content-length")), (None, Some("50")));
}

#[route(GET, "/csv/[kind]", register = false)]
fn csv(kind: &str) -> impl IntoResponse {
    let body = match kind {
        "stream" => Body::stream(futures_util::stream::iter([Ok::<_, BoxError>("a,b")])),
        _ => Body::from("a,b"),
    };
    ([("content-type", "text/csv")], body)
}

#[tokio::test]
async fn a_stream_is_compressed_however_short_it_turns_out() {
    let server = compressing(rutter::routes![csv]).await;
    let answer = get(&server, "/csv/stream", "zstd").await;
    assert_eq!((answer.told(), answer.plain()), ([Some("zstd"), Some("accept-encoding"), None], "a,b".to_owned()));
    let answer = get(&server, "/csv/whole", "zstd").await;
    assert_eq!((answer.told(), answer.plain()), ([None; 3], "a,b".to_owned()));
}
