//! A server from its first connection to its end, over real sockets.

mod common;

use core::{task::Poll, time::Duration};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{start, start_with};
use futures_util::stream::poll_fn;
use http_body_util::{BodyExt, Empty};
use rutter::{BoxError, Limits, prelude::*};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};

#[route(GET, "/hello/[name]")]
fn hello(name: &str, client: ClientAddr) -> String {
    assert!(client.0.ip().is_loopback());
    format!("hello, {name}")
}

#[route(GET, "/slow")]
async fn slow() -> &'static str {
    sleep(Duration::from_millis(300)).await;
    "slow but whole"
}

#[route(GET, "/never", timeout = 50ms)]
async fn never() {
    core::future::pending::<()>().await;
}

#[route(GET, "/panic")]
fn panic() -> String {
    panic!("on purpose")
}

#[route(POST, "/small", body_limit = 1kb)]
async fn small(body: Bytes) -> String {
    body.len().to_string()
}

#[route(POST, "/count")]
async fn count(mut body: Body) -> Result<String, Problem> {
    let mut bytes = 0;
    while let Some(chunk) = body.chunk().await {
        bytes += chunk?.len();
    }
    Ok(bytes.to_string())
}

/// Sends `ready`, is pending once, as hyper writes only then, and ends as the last segment says.
#[route(GET, "/stream/[end]")]
fn stream(end: &str) -> Body {
    let end = end.to_owned();
    let mut step = 0;
    Body::stream(poll_fn(move |cx| {
        step += 1;
        match (step, end.as_str()) {
            (1, _) => Poll::Ready(Some(Ok("ready"))),
            (2, _) => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            (_, "panic") => panic!("on purpose"),
            (_, "error") => Poll::Ready(Some(Err(BoxError::from("on purpose")))),
            _ => Poll::Ready(None),
        }
    }))
}

fn routes() -> rutter::Routes {
    rutter::routes![hello, slow, never, panic, small, count, stream]
}

#[tokio::test]
async fn a_connection_is_kept_for_more_requests() {
    let server = start(routes()).await;
    let mut stream = server.connect().await;
    for name in ["ada", "grace", "joan"] {
        let request = format!("GET /hello/{name} HTTP/1.1\r\nhost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the request can be sent");
        let mut answer = vec![0; 512];
        let len = stream.read(&mut answer).await.expect("an answer");
        assert!(answer[..len].ends_with(format!("hello, {name}").as_bytes()));
    }
}

#[tokio::test]
async fn http_2_is_spoken_with_clients_that_begin_it() {
    let server = start(routes()).await;
    let mut sender = server.http2().await;
    let request = |method: &str, path: &str| {
        let uri = format!("http://localhost{path}");
        http::Request::builder().method(method).uri(uri).body(Empty::<Bytes>::new()).expect("a request")
    };
    // Two streams at once: a panic in one leaves the other alone.
    let broken = sender.send_request(request("GET", "/panic"));
    let whole = sender.send_request(request("GET", "/slow"));
    let (broken, whole) = tokio::join!(broken, whole);
    assert_eq!(broken.expect("an answer").status(), 500);
    let body = whole.expect("an answer").into_body().collect().await.expect("a whole body");
    assert_eq!(body.to_bytes(), "slow but whole");
    let head = sender.send_request(request("HEAD", "/hello/ada")).await.expect("an answer");
    assert_eq!(head.headers()["content-length"], "10");
    assert!(head.into_body().collect().await.expect("a whole body").to_bytes().is_empty());
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_a_503() {
    let server = start(routes()).await;
    let answer = server.get("/never").await;
    assert_eq!(answer.status(), 503);
    assert!(answer.is_problem());
}

#[tokio::test]
async fn a_stream_that_fails_or_panics_is_cut_not_ended() {
    let server = start(routes()).await;
    let whole = server.get("/stream/well").await;
    assert_eq!((whole.status(), whole.text()), (200, "5\r\nready\r\n0\r\n\r\n".to_owned()));
    for end in ["panic", "error"] {
        let cut = server.get(&format!("/stream/{end}")).await;
        assert_eq!((cut.status(), cut.text()), (200, "5\r\nready\r\n".to_owned()), "{end}");
        assert!(cut.closed, "{end}");
    }
    assert_eq!(server.get("/hello/ada").await.status(), 200);
}

#[tokio::test]
async fn a_body_over_the_limit_is_a_413_with_a_length_and_without() {
    let server = start(routes()).await;
    let fits = server.post("/small", "text/plain", [b'x'; 1024]).await;
    assert_eq!((fits.status(), fits.text()), (200, "1024".to_owned()));
    let declared = server.post("/small", "text/plain", [b'x'; 1025]).await;
    assert_eq!(declared.status(), 413);
    let chunk = format!("258\r\n{}\r\n", "x".repeat(600));
    let head = "POST /small HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunked = server.send(format!("{head}{chunk}{chunk}0\r\n\r\n")).await;
    assert_eq!(chunked.status(), 413);
    assert!(chunked.is_problem());
}

#[tokio::test]
async fn a_body_is_read_as_it_comes() {
    let server = start(routes().limits(Limits { body: u64::MAX, ..Limits::default() })).await;
    let body = vec![b'x'; 3 * 1024 * 1024];
    let answer = server.post("/count", "application/octet-stream", &body).await;
    assert_eq!((answer.status(), answer.text()), (200, "3145728".to_owned()));
}

#[tokio::test]
async fn a_client_that_stops_sending_its_body_is_given_up() {
    let limits = Limits { body_idle: Duration::from_millis(100), ..Limits::default() };
    let server = start(routes().limits(limits)).await;
    for path in ["/small", "/count"] {
        let began = Instant::now();
        let answer = server.send(format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf")).await;
        assert!(began.elapsed() < Duration::from_secs(5));
        assert!(matches!(answer.status(), 408 | 500), "{path} {}", answer.head);
    }
}

#[tokio::test]
async fn a_client_that_never_ends_its_head_is_given_up() {
    let server = start_with(routes(), |server| server.header_timeout(Duration::from_millis(150))).await;
    for start in ["", "P", "PRI", "PRI * HTTP/2.0\r\n\r\nSM", "GET /hello/ada HTTP/1.1\r\nhost"] {
        let mut stream = server.connect().await;
        stream.write_all(start.as_bytes()).await.expect("the start can be sent");
        let mut rest = Vec::new();
        let closed = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
        assert!(closed.is_ok(), "`{start}` keeps its connection");
    }
}

#[tokio::test]
async fn more_connections_than_allowed_wait_their_turn() {
    let server = start_with(routes(), |server| server.connections(1)).await;
    let first = server.connect().await;
    sleep(Duration::from_millis(50)).await;
    let mut second = server.connect().await;
    second.write_all(b"GET /hello/ada HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request can be sent");
    let mut answer = [0; 12];
    assert!(timeout(Duration::from_millis(200), second.read_exact(&mut answer)).await.is_err());
    drop(first);
    timeout(Duration::from_secs(5), second.read_exact(&mut answer)).await.expect("its turn").expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[tokio::test]
async fn the_end_loses_no_request_in_progress() {
    let mut server = start(routes()).await;
    let address = server.address;
    let mut idle = server.connect().await;
    let mut busy = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request can be sent");
    sleep(Duration::from_millis(100)).await;
    server.begin_stop();
    let answer = common::Answer::read(&mut busy).await;
    assert_eq!((answer.status(), answer.text()), (200, "slow but whole".to_owned()));
    assert!(answer.closed);
    let mut rest = Vec::new();
    assert_eq!(idle.read_to_end(&mut rest).await.expect("a clean end"), 0);
    server.ended().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn requests_that_outlast_the_drain_time_are_cut_off() {
    let mut server = start_with(rutter::routes![forever], |server| server.drain(Duration::from_millis(100))).await;
    let mut stuck = server.connect().await;
    stuck.write_all(b"GET /forever HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the request can be sent");
    while STARTED.load(Ordering::SeqCst) == 0 {
        sleep(Duration::from_millis(10)).await;
    }
    server.begin_stop();
    server.ended().await;
}

static STARTED: AtomicUsize = AtomicUsize::new(0);

#[route(GET, "/forever")]
async fn forever() {
    STARTED.fetch_add(1, Ordering::SeqCst);
    core::future::pending::<()>().await;
}

#[tokio::test]
async fn an_address_that_cannot_be_listened_on_is_named() {
    let server = start(routes()).await;
    let Err(error) = rutter::Server::bind(server.address).await else { panic!("the address is taken") };
    assert!(error.to_string().starts_with(&format!("cannot listen on {}: ", server.address)), "{error}");
    let Err(error) = rutter::Server::bind("nonsense").await else { panic!("that is no address") };
    assert!(error.to_string().starts_with("no address to listen on: "), "{error}");
}

#[tokio::test]
async fn a_preface_that_comes_in_pieces_is_a_preface() {
    let server = start(routes()).await;
    let mut stream = server.connect().await;
    for piece in ["P", "RI * HT", "TP/2.0\r\n\r\nSM\r\n\r\n"] {
        stream.write_all(piece.as_bytes()).await.expect("the piece can be sent");
        sleep(Duration::from_millis(30)).await;
    }
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.expect("settings can be sent");
    let mut answer = [0; 9];
    timeout(Duration::from_secs(5), stream.read_exact(&mut answer)).await.expect("in time").expect("settings");
    assert_eq!(answer[3], 4, "the server's settings come first");
}
