//! Server-sent events are sent as they are, and at once.

use core::time::Duration;
use std::sync::Mutex;

use http_body_util::BodyExt;
use rutter::{Event, prelude::*};
use tokio::{sync::mpsc, time::timeout};

use crate::{compressing, send};

/// Sends what the test hands over.
#[route(GET, "/events", register = false)]
fn events(texts: State<Mutex<mpsc::UnboundedReceiver<&'static str>>>) -> Sse {
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
    let (texts, receiver) = mpsc::unbounded_channel();
    let server = compressing(rutter::routes![events].state(Mutex::new(receiver))).await;
    let answer = send(&server, "GET", "/events", &[("accept-encoding", "gzip, br, zstd")]).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    for name in ["content-encoding", "vary", "content-length"] {
        assert!(!answer.headers().contains_key(name), "{name}");
    }
    let mut body = answer.into_body();
    let long = "x".repeat(10_000).leak();
    for text in ["one", long, "three"] {
        texts.send(text).expect("the task is there");
        let written = format!("data: {text}\n\n");
        let mut came = Vec::new();
        while came.len() < written.len() {
            let frame = timeout(Duration::from_secs(5), body.frame()).await.expect("nothing is held back");
            came.extend(frame.expect("not the end").expect("no error").into_data().expect("no trailers"));
        }
        assert!(came == written.as_bytes(), "{}", came.escape_ascii());
    }
    drop(texts);
    assert!(body.collect().await.expect("a clean end").to_bytes().is_empty());
}
