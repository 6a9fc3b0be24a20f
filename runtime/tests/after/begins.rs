//! When work begins: once the last byte of the answer is with the socket, or will never be.

use core::time::Duration;

use futures_util::FutureExt;
use http_body_util::{BodyExt, Empty};
use rutter::{routes, testing::Client};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::*;

#[route(GET, "/small", register = false)]
fn small(after: After, log: State<Log>) -> &'static str {
    after.run(async move { log.say("work") });
    "small"
}

#[route(GET, "/empty", register = false)]
fn empty(after: After, log: State<Log>) {
    after.run(async move { log.say("work") });
}

/// More than any socket takes at once.
#[route(GET, "/large", register = false)]
async fn large(after: After, log: State<Log>) -> Vec<u8> {
    after.run(async move { log.say("work") });
    vec![b'x'; LARGE]
}

#[route(GET, "/pieces", register = false)]
async fn in_pieces(after: After, log: State<Log>) -> Body {
    after.run(async move { log.say("work") });
    pieces(LARGE / 0x1_0000, 0x1_0000)
}

const LARGE: usize = 64 * 1024 * 1024;

#[route(GET, "/refused", register = false)]
fn refused(after: After, log: State<Log>) -> Result<(), Problem> {
    after.run(async move { log.say("work") });
    Err(Problem::not_found("there is none"))
}

#[route(GET, "/panics", register = false)]
async fn panics(after: After, log: State<Log>) {
    after.run(async move { log.say("work") });
    tokio::task::yield_now().await;
    panic!("on purpose");
}

#[route(GET, "/late", timeout = 50ms, register = false)]
async fn late(after: After, log: State<Log>) {
    after.run(async move { log.say("work") });
    core::future::pending::<()>().await;
}

#[route(GET, "/never", register = false)]
async fn never(after: After, log: State<Log>) {
    log.say("handler");
    after.run(async move { log.say("work") });
    core::future::pending::<()>().await;
}

#[route(GET, "/asks-first", register = false)]
async fn asks_first(first: After, second: After, log: State<Log>) -> &'static str {
    let (one, two) = (log.clone(), log.clone());
    first.run(async move { one.say("first") });
    second.run(async move { two.say("second") });
    tokio::task::yield_now().await;
    log.say("handler");
    "answer"
}

#[tokio::test]
async fn every_answer_has_its_work_done() {
    let routes = routes![small, empty, refused, panics, late];
    let (server, mut heard, _) = start(routes).await;
    for (target, status) in [("/small", 200), ("/empty", 204), ("/refused", 404), ("/panics", 500), ("/late", 503)] {
        assert_eq!(server.get(target).await.status(), status, "{target}");
        assert_eq!(heard.next().await, "work", "{target}");
        assert!(heard.is_silent().await, "{target}: once");
    }
    let bodiless = server.send("HEAD /small HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert_eq!(
        (bodiless.status(), bodiless.header("content-length"), bodiless.text()),
        (200, Some("5"), String::new())
    );
    assert_eq!(heard.next().await, "work");
}

#[tokio::test]
async fn work_waits_for_the_last_byte() {
    let (server, mut heard, _) = start(routes![large, in_pieces]).await;
    for target in ["/large", "/pieces"] {
        let mut client = server.connect().await;
        let request = format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        client.write_all(request.as_bytes()).await.expect("the request can be sent");
        let mut first = vec![0; 100_000];
        client.read_exact(&mut first).await.expect("the beginning of the answer");
        assert!(heard.is_silent().await, "{target}: the client has not got everything");
        let mut rest = Vec::new();
        client.read_to_end(&mut rest).await.expect("the rest of the answer");
        assert!(first.len() + rest.len() > LARGE, "{target}");
        assert_eq!(heard.next().await, "work", "{target}");
    }
}

#[tokio::test]
async fn work_is_done_for_clients_that_leave() {
    let (server, mut heard, _) = start(routes![never, large]).await;
    let mut client = server.connect().await;
    client.write_all(b"GET /never HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request can be sent");
    assert_eq!(heard.next().await, "handler");
    assert!(heard.is_silent().await);
    drop(client);
    assert_eq!(heard.next().await, "work");

    let mut client = server.connect().await;
    client.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request can be sent");
    client.read_exact(&mut [0; 1000]).await.expect("the beginning of the answer");
    assert!(heard.is_silent().await);
    drop(client);
    assert_eq!(heard.next().await, "work");
}

#[tokio::test]
async fn what_is_handed_over_first_begins_first_and_after_the_handler() {
    let (server, mut heard, _) = start(routes![asks_first]).await;
    assert_eq!(server.get("/asks-first").await.text(), "answer");
    assert_eq!([heard.next().await, heard.next().await, heard.next().await], ["handler", "first", "second"]);
}

#[tokio::test]
async fn http_2_is_the_same() {
    let (server, mut heard, _) = start(routes![small, empty, large, never]).await;
    let mut sender = server.http2().await;
    let request = |path: &str| {
        let uri = format!("http://localhost{path}");
        http::Request::builder().uri(uri).body(Empty::<Bytes>::new()).expect("a request")
    };
    for path in ["/small", "/empty"] {
        let answer = sender.send_request(request(path)).await.expect("an answer");
        answer.into_body().collect().await.expect("all of it");
        assert_eq!(heard.next().await, "work", "{path}");
    }
    // Nobody reads: the stream's window is full before the answer is sent.
    let answer = sender.send_request(request("/large")).await.expect("an answer");
    assert!(heard.is_silent().await);
    assert_eq!(answer.into_body().collect().await.expect("all of it").to_bytes().len(), LARGE);
    assert_eq!(heard.next().await, "work");
    // A stream that is reset: its client has left.
    let mut never = Box::pin(sender.send_request(request("/never")));
    assert!(never.as_mut().now_or_never().is_none());
    let word = tokio::select! {
        _ = &mut never => panic!("it never answers"),
        word = heard.next() => word,
    };
    assert_eq!(word, "handler");
    assert!(heard.is_silent().await);
    drop(never);
    assert_eq!(heard.next().await, "work");
}

#[tokio::test]
async fn a_client_without_a_socket_begins_it_with_the_end_of_the_answer() {
    let (log, heard) = tokio::sync::mpsc::unbounded_channel();
    let mut heard = Heard(heard);
    let app = routes![small].state(Log(log)).build().expect("the routes fit together");
    let answer = Client::new(app.clone()).get("/small").send_streaming().await;
    assert!(tokio::time::timeout(Duration::from_millis(50), heard.next()).await.is_err());
    drop(answer);
    assert_eq!(heard.next().await, "work");
    app.finished().await;
}
