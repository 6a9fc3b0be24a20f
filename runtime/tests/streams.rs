//! Bodies that are read and sent piece by piece, over real sockets.

mod common;

use std::io;

use common::{start, start_with};
use futures_util::{StreamExt, TryStreamExt, stream};
use http_body_util::{BodyExt, Empty};
use rutter::{BodyError, BoxError, Limits, prelude::*, routes};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};

/// As `AsyncBufRead`: the number of lines, and the longest.
#[route(POST, "/lines")]
async fn lines(body: Body) -> Result<String, Problem> {
    let mut lines = body.into_reader().lines();
    let (mut count, mut longest) = (0, String::new());
    while let Some(line) = lines.next_line().await? {
        count += 1;
        longest = if line.len() > longest.len() { line } else { longest };
    }
    Ok(format!("{count} {longest}"))
}

/// As `AsyncRead`: copied into a file.
#[route(POST, "/file", body_limit = 64mb)]
async fn file(body: Body) -> Result<String, Problem> {
    let mut sink = tokio::io::sink();
    let bytes = tokio::io::copy(&mut body.into_reader(), &mut sink).await?;
    Ok(bytes.to_string())
}

/// As `Stream`, and back the way it came.
#[route(POST, "/echo", body_limit = 64mb)]
async fn echo(body: Body) -> Body {
    Body::stream(body.map_ok(|bytes| bytes.to_ascii_uppercase()))
}

/// From a reader that ends well, or breaks.
#[route(GET, "/read/[end]")]
fn read(end: &str) -> Body {
    let first = stream::iter((0..100).map(|_| Ok(Bytes::from(vec![b'x'; 1_000]))));
    let last = stream::iter((end == "broken").then(|| Err(io::Error::other("on purpose"))));
    let body = Body::stream(first.chain(last));
    Body::from_reader(body.into_reader())
}

#[tokio::test]
async fn a_body_is_read_line_by_line_whatever_pieces_it_comes_in() {
    let server = start(routes![lines]).await;
    let mut client = server.connect().await;
    let head = "POST /lines HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    for piece in [head, "2\r\non\r\n", "6\r\ne\nthre\r\n", "3\r\ne\nx\r\n", "0\r\n\r\n"] {
        client.write_all(piece.as_bytes()).await.expect("a piece can be sent");
        client.flush().await.expect("it is on its way");
        tokio::task::yield_now().await;
    }
    let answer = common::Answer::read(&mut client).await;
    assert_eq!((answer.status(), answer.text()), (200, "3 three".to_owned()));
}

#[tokio::test]
async fn a_reader_tells_the_client_what_was_wrong_with_its_body() {
    let limits = Limits { body: 10, body_idle: core::time::Duration::from_millis(100), ..Limits::default() };
    let server = start(routes![lines].limits(limits)).await;
    let head = "POST /lines HTTP/1.1\r\nhost: a\r\nconnection: close\r\n";
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");
    assert_eq!(server.send(chunked).await.status(), 413);
    assert_eq!(server.send(format!("{head}content-length: 5\r\n\r\nab")).await.status(), 408);
    let kinds = [
        (BodyError::TooLarge { limit: 1 }, io::ErrorKind::FileTooLarge),
        (BodyError::Idle { after: core::time::Duration::ZERO }, io::ErrorKind::TimedOut),
        (BodyError::Broken(BoxError::from("reset")), io::ErrorKind::ConnectionAborted),
        (BodyError::Taken, io::ErrorKind::Other),
    ];
    for (error, kind) in kinds {
        assert_eq!(io::Error::from(error).kind(), kind);
    }
}

#[tokio::test]
async fn large_bodies_pass_through_in_pieces() {
    let server = start(routes![file, echo]).await;
    let body = vec![b'x'; 20_000_000];
    assert_eq!(server.post("/file", "text/plain", &body).await.text(), "20000000");
    let mut client = server.connect().await;
    let (mut reader, mut writer) = client.split();
    let sending = async {
        let head =
            format!("POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        writer.write_all(head.as_bytes()).await?;
        writer.write_all(&body).await
    };
    let mut answer = Vec::new();
    let (sent, read) = tokio::join!(sending, reader.read_to_end(&mut answer));
    sent.and(read.map(drop)).expect("both ways");
    assert_eq!(count(&answer, b'X'), body.len());
    assert!(answer.ends_with(b"0\r\n\r\n"));
}

#[tokio::test]
async fn a_reader_that_breaks_cuts_the_answer() {
    let server = start_with(routes![read], |server| server).await;
    let whole = server.get("/read/well").await;
    assert_eq!(count(&whole.body, b'x'), 100_000);
    assert!(whole.body.ends_with(b"0\r\n\r\n"));
    let broken = server.get("/read/broken").await;
    assert!(broken.closed && !broken.body.ends_with(b"0\r\n\r\n"));
}

/// HTTP/1.0 knows no chunks: the end of the connection is that of the answer, and only a reset is none.
#[tokio::test]
async fn over_http_1_0_a_broken_answer_is_a_reset_connection() {
    let server = start(routes![read]).await;
    for (end, is_whole) in [("well", true), ("broken", false)] {
        let mut client = server.connect().await;
        let request = format!("GET /read/{end} HTTP/1.0\r\nhost: a\r\n\r\n");
        client.write_all(request.as_bytes()).await.expect("the request can be sent");
        let read = client.read_to_end(&mut Vec::new()).await;
        assert_eq!(read.map_err(|error| error.kind()).err(), (!is_whole).then_some(io::ErrorKind::ConnectionReset));
    }
}

#[tokio::test]
async fn over_http_2_a_broken_answer_is_a_reset_stream() {
    let server = start(routes![read]).await;
    let mut sender = server.http2().await;
    for (end, is_whole) in [("well", true), ("broken", false), ("well", true)] {
        let uri = format!("http://localhost/read/{end}");
        let request = http::Request::builder().uri(uri).body(Empty::<Bytes>::new()).expect("a request");
        // A reset may overtake what was sent before it, the head included.
        let whole = async { sender.send_request(request).await?.into_body().collect().await }.await;
        let len = whole.map(|body| body.to_bytes().len());
        assert_eq!(len.as_ref().ok(), is_whole.then_some(&100_000), "{end}: {len:?}");
    }
}

#[allow(clippy::naive_bytecount)] // Once a test.
fn count(bytes: &[u8], byte: u8) -> usize {
    bytes.iter().filter(|other| **other == byte).count()
}
