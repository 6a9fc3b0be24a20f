//! The rules of the wire that hyper leaves to services, over real sockets.

mod common;

use common::start;
use rutter::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[route(GET, "/host")]
fn host(headers: &HeaderMap) -> String {
    headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("none").to_owned()
}

#[route(POST, "/echo")]
fn echo(body: Bytes) -> Bytes {
    body
}

#[route(GET, "/panic")]
fn panic() -> String {
    panic!("a secret of the house")
}

#[route(GET, "/panic/later")]
async fn panic_later() -> String {
    tokio::task::yield_now().await;
    panic!("a secret of the house")
}

#[route(GET, "/split/[value]")]
fn split(value: &str) -> impl IntoResponse + use<> {
    "text".header("x-value", value)
}

fn routes() -> rutter::Routes {
    rutter::routes![host, echo, panic, panic_later, split]
}

#[tokio::test]
async fn a_host_that_is_missing_repeated_empty_or_malformed_is_a_400() {
    let server = start(routes()).await;
    let heads = [
        "GET /host HTTP/1.1\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: a\r\nHost: b\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost:\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: a/b\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: a b\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: user@a\r\n\r\n",
        "GET /host HTTP/1.1\r\nhost: a:port\r\n\r\n",
        "GET http://user@a/host HTTP/1.1\r\nhost: a\r\n\r\n",
    ];
    for head in heads {
        let answer = server.send(head).await;
        assert_eq!(answer.status(), 400, "{head}");
        assert!(answer.is_problem(), "{head}");
    }
}

#[tokio::test]
async fn the_authority_of_an_absolute_target_wins_over_host() {
    let server = start(routes()).await;
    let answer = server.send("GET http://real.example:81/host HTTP/1.1\r\nhost: other.example\r\n\r\n").await;
    assert_eq!((answer.status(), answer.text()), (200, "real.example:81".to_owned()));
}

#[tokio::test]
async fn http_1_0_needs_no_host() {
    let server = start(routes()).await;
    let answer = server.send("GET /host HTTP/1.0\r\n\r\n").await;
    assert_eq!((answer.status(), answer.text()), (200, "none".to_owned()));
    assert!(answer.closed);
}

#[tokio::test]
async fn connect_and_unknown_methods_are_a_501() {
    let server = start(routes()).await;
    for line in ["CONNECT a.example:80", "TRACE /host", "BREW /host", "get /host"] {
        let answer = server.send(format!("{line} HTTP/1.1\r\nhost: a.example:80\r\n\r\n")).await;
        assert_eq!(answer.status(), 501, "{line}");
    }
}

#[tokio::test]
async fn a_panic_is_a_500_that_tells_nothing_and_the_connection_goes_on() {
    let server = start(routes()).await;
    for path in ["/panic", "/panic/later"] {
        let mut stream = server.connect().await;
        let both = format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\nGET /host HTTP/1.1\r\nhost: after\r\n\r\n");
        stream.write_all(both.as_bytes()).await.expect("the requests can be sent");
        let answer = common::Answer::read(&mut stream).await;
        assert_eq!(answer.status(), 500);
        let rest = answer.text();
        assert!(answer.is_problem() && !rest.contains("secret"), "{rest}");
        assert!(rest.contains("HTTP/1.1 200 OK") && rest.ends_with("after"), "{rest}");
    }
}

#[tokio::test]
async fn a_header_that_would_split_the_answer_is_never_sent() {
    let server = start(routes()).await;
    for value in ["a%0D%0Aset-cookie:%20x=1", "a%0Ab", "a%0Db", "a%7Fb"] {
        let answer = server.get(&format!("/split/{value}")).await;
        assert_eq!(answer.status(), 500, "{value}");
        assert_eq!(answer.header("set-cookie"), None, "{value}");
        assert!(!answer.text().contains("text"), "{value}");
    }
    assert_eq!(server.get("/split/fine").await.header("x-value"), Some("fine"));
}

#[tokio::test]
async fn a_body_that_is_not_read_does_not_become_the_next_request() {
    let server = start(routes()).await;
    let mut stream = server.connect().await;
    let inner = "GET /host HTTP/1.1\r\nhost: smuggled\r\n\r\n";
    let outer = format!("POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n{inner}", inner.len());
    stream.write_all(outer.as_bytes()).await.expect("the request can be sent");
    let answer = common::Answer::read(&mut stream).await;
    assert_eq!(answer.status(), 404);
    assert!(!answer.text().contains("smuggled"), "{}", answer.text());
}

#[tokio::test]
async fn a_client_is_told_to_go_on_with_its_body_when_a_handler_reads_it() {
    let server = start(routes()).await;
    let mut stream = server.connect().await;
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("the head can be sent");
    let mut first = [0; 25];
    stream.read_exact(&mut first).await.expect("an interim answer");
    assert_eq!(&first, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"hi").await.expect("the body can be sent");
    assert_eq!(common::Answer::read(&mut stream).await.text(), "hi");
}
