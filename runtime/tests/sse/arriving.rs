//! What reaches the client, and when.

use core::{future::pending, time::Duration};
use std::sync::Mutex;

use futures_util::stream;
use http_body_util::Empty;
use hyper::Request;
use rutter::{Event, prelude::*};
use tokio::{sync::mpsc, time::timeout};

use crate::{End, LONG, Listening, VERSIONS, Version, common::start, http2};

/// Sends what the test hands over.
#[route(GET, "/relay")]
fn relay(texts: State<Mutex<mpsc::UnboundedReceiver<&'static str>>>) -> Sse {
    Sse::channel(async move |mut events| {
        loop {
            let text = core::future::poll_fn(|cx| texts.lock().expect("no test panics here").poll_recv(cx)).await;
            let Some(text) = text else { return Ok(()) };
            events.send(Event::data(text)).await?;
        }
    })
}

#[tokio::test]
async fn each_event_arrives_as_it_is_sent() {
    for version in VERSIONS {
        let (send, texts) = mpsc::unbounded_channel();
        let server = start(rutter::routes![relay].state(Mutex::new(texts))).await;
        let mut client = Listening::to(&server, version, "/relay").await;
        for (text, written) in [("one", "data: one\n\n"), ("two\r\nlines", "data: two\ndata: lines\n\n")] {
            send.send(text).expect("the task is there");
            client.until(written).await;
        }
        drop(send);
        assert_eq!(client.end().await, End::Clean);
        assert_eq!(client.text, "data: one\n\ndata: two\ndata: lines\n\n");
    }
}

#[route(GET, "/silent")]
fn silent() -> Sse {
    Sse::channel(async move |_events| pending().await)
}

#[tokio::test]
async fn the_head_says_what_it_is_before_the_first_event() {
    let server = start(rutter::routes![silent]).await;
    for version in VERSIONS {
        let client = Listening::to(&server, version, "/silent").await;
        let first = if version == Version::Http1 { "http/1.1 200 ok" } else { "http/2 200 OK" };
        assert_eq!(client.head[0], first);
        for line in
            ["content-type: text/event-stream", "cache-control: no-cache, no-transform", "x-accel-buffering: no"]
        {
            assert!(client.has(line), "{line} is not in {:?}", client.head);
        }
        assert!(!client.head.iter().any(|line| line.starts_with("content-length")));
    }
}

#[tokio::test]
async fn a_head_request_is_answered_without_the_stream() {
    let server = start(rutter::routes![silent]).await;
    let answer = server.send("HEAD /silent HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some("text/event-stream")));
    assert!(answer.closed && answer.body.is_empty());

    let request = Request::head("http://localhost/silent").body(Empty::new()).expect("a request");
    let mut client = timeout(LONG, http2(&server, request)).await.expect("an answer");
    assert_eq!(client.head[0], "http/2 200 OK");
    assert!(client.has("content-type: text/event-stream"), "{:?}", client.head);
    assert_eq!((client.end().await, client.text.as_str()), (End::Clean, ""));
}

#[route(GET, "/short-silence")]
fn short_silence() -> Sse {
    let stream = Sse::channel(async move |mut events| {
        events.send(Event::data("hi")).await?;
        pending().await
    });
    stream.keep_alive(Duration::from_millis(30)).retry(Duration::from_millis(1_500))
}

#[tokio::test]
async fn a_first_retry_comes_before_the_first_event_and_comments_after_silence() {
    let server = start(rutter::routes![short_silence]).await;
    for version in VERSIONS {
        let mut client = Listening::to(&server, version, "/short-silence").await;
        client.until(":\n\n:\n\n").await;
        assert!(client.text.starts_with("retry: 1500\n\ndata: hi\n\n:\n\n:\n\n"), "{:?}", client.text);
    }
}

#[route(GET, "/last")]
fn last(last: LastEventId) -> String {
    format!("{:?} {:?}", last.as_str(), last.parse::<u64>())
}

#[tokio::test]
async fn the_last_id_is_what_the_client_has_sent() {
    let server = start(rutter::routes![last]).await;
    for (line, expected) in [
        (&b""[..], "None None"),
        (b"Last-Event-ID:\r\n", "None None"),
        (b"Last-Event-ID: 7\r\n", "Some(\"7\") Some(7)"),
        (b"last-event-id: a b\r\n", "Some(\"a b\") None"),
        ("last-event-id: łódź ⛵\r\n".as_bytes(), "Some(\"łódź ⛵\") None"),
        (b"last-event-id: \xff\r\n", "None None"),
    ] {
        let request = [b"GET /last HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n", line, b"\r\n"].concat();
        assert_eq!(server.send(request).await.text(), expected);
    }
}

#[route(GET, "/nothing-more")]
fn nothing_more(last: LastEventId) -> Result<Sse, NoContent> {
    if last.as_str() == Some("1") { Err(NoContent) } else { Ok(Sse::new(stream::iter([Event::data("all").id(1)]))) }
}

#[tokio::test]
async fn a_client_that_has_everything_is_told_to_stay_away() {
    let server = start(rutter::routes![nothing_more]).await;
    let mut client = Listening::to(&server, Version::Http1, "/nothing-more").await;
    assert_eq!(client.end().await, End::Clean);
    let client = Listening::after(&server, Version::Http2, "/nothing-more", Some(b"1")).await;
    assert_eq!(client.head[0], "http/2 204 No Content");
}
