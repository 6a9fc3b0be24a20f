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
        "GET /host HTTP/1.1\r\nhost: a,b\r\n\r\n",
        "GET http://a/host HTTP/1.1\r\n\r\n",
    ];
    for head in heads {
        let answer = server.send(head).await;
        assert_eq!(answer.status(), 400, "{head}");
        assert!(answer.is_problem() && answer.closed, "{head}");
    }
}

#[tokio::test]
async fn an_absolute_target_is_http_and_names_a_host_and_no_user() {
    let server = start(routes()).await;
    for target in ["http://user@a/host", "http://a,b/host", "http://a:99999/host", "ftp://a/host", "a.example:80"] {
        let answer = server.send(format!("GET {target} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
        assert_eq!(answer.status(), 400, "{target}");
        assert!(answer.is_problem() && answer.closed, "{target}");
    }
}

#[tokio::test]
async fn a_header_that_decides_is_sent_once() {
    let server = start(routes()).await;
    for header in ["content-type: text/plain", "authorization: Basic YTpi"] {
        let answer = server.send(format!("GET /host HTTP/1.1\r\nhost: a\r\n{header}\r\n{header}\r\n\r\n")).await;
        assert_eq!(answer.status(), 400, "{header}");
        assert!(answer.is_problem() && answer.closed, "{header}");
    }
    let fine =
        server.send("GET /host HTTP/1.1\r\nhost: a\r\naccept: a/b\r\naccept: c/d\r\nconnection: close\r\n\r\n").await;
    assert_eq!(fine.status(), 200);
}

#[tokio::test]
async fn the_one_transfer_coding_is_chunked() {
    let server = start(routes()).await;
    for (codings, status) in [
        ("chunked", 200),
        ("Chunked", 200),
        ("gzip, chunked", 501),
        ("cow\r\ntransfer-encoding: chunked", 501),
        ("chunked, chunked", 400),
        (",chunked", 400),
        // hyper refuses what does not end in `chunked`.
        ("chunked, gzip", 400),
    ] {
        let head = format!("POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: {codings}\r\n\r\n");
        let answer = server.send(format!("{head}2\r\nhi\r\n0\r\n\r\n")).await;
        assert_eq!((answer.status(), answer.closed), (status, status != 200), "{codings}");
    }
    // RFC 9112 §6.1: a length beside a coding is a sign of smuggling.
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n";
    let answer = server.send(format!("{head}0\r\n\r\nGET /host HTTP/1.1\r\nhost: smuggled\r\n\r\n")).await;
    assert!(answer.closed && !answer.text().contains("smuggled"), "{}", answer.text());
}

#[tokio::test]
async fn chunks_are_framed_to_the_letter() {
    let server = start(routes()).await;
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    for bad in
        ["5 \r\nhello\r\n", "5;\r\nhello\r\n", "5;a=[\r\nhello\r\n", "05\nhello\r\n", "ffffffffffffffff\r\nhello\r\n"]
    {
        let next = "0\r\n\r\nGET /host HTTP/1.1\r\nhost: next\r\n\r\n";
        let whole = server.send(format!("{head}{bad}{next}")).await;
        assert_eq!((whole.status(), whole.closed), (400, true), "{bad:?}");
        assert!(whole.is_problem() && !whole.text().contains("next"), "{bad:?}");

        // The same when hyper has begun to read the body.
        let mut stream = server.connect().await;
        stream.write_all(format!("{head}2\r\nhi\r\n").as_bytes()).await.expect("the start can be sent");
        tokio::time::sleep(core::time::Duration::from_millis(50)).await;
        stream.write_all(format!("{bad}{next}").as_bytes()).await.expect("the rest can be sent");
        let pieces = common::Answer::read(&mut stream).await;
        assert_eq!((pieces.status(), pieces.closed), (400, true), "{bad:?}");
        assert!(pieces.is_problem() && !pieces.text().contains("next"), "{bad:?}");
    }
}

#[tokio::test]
async fn a_connection_is_kept_after_chunks_and_ended_where_their_head_came_in_pieces() {
    let server = start(routes()).await;
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let body = "5 ; a = \"b;c\"\r\nhello\r\n0\r\nx-trailer: y\r\n\r\n";
    let next = "GET /host HTTP/1.1\r\nhost: next\r\nconnection: close\r\n\r\n";
    for (first, second, kept) in [
        (format!("{head}{body}{head}{body}{next}"), String::new(), true),
        (format!("{head}{body}"), next.to_owned(), true),
        (head.to_owned(), format!("{body}{next}"), true),
        (head[..head.len() - 2].to_owned(), format!("\r\n{body}{next}"), false),
    ] {
        let mut stream = server.connect().await;
        stream.write_all(first.as_bytes()).await.expect("the first part can be sent");
        tokio::time::sleep(core::time::Duration::from_millis(50)).await;
        stream.write_all(second.as_bytes()).await.expect("the second part can be sent");
        let answer = common::Answer::read(&mut stream).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.text().starts_with("hello"), "{first:?}");
        assert!(answer.closed && answer.text().ends_with("next") == kept, "{first:?}");
    }
}

#[tokio::test]
async fn a_long_target_is_a_414_and_a_long_head_a_431() {
    let server = start(routes()).await;
    // hyper answers both, without a body.
    assert_eq!(server.get(&format!("/host?{}", "a".repeat(70_000))).await.status(), 414);
    let long = |len| format!("GET /host HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: {}\r\n\r\n", "a".repeat(len));
    assert_eq!(server.send(long(90_000)).await.status(), 200);
    assert_eq!(server.send(long(100_000)).await.status(), 431);
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
        // What follows a CONNECT may belong to a tunnel.
        assert_eq!(answer.closed, line.starts_with("CONNECT"), "{line}");
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
