//! A stream arrives as it is made, and is cut where it breaks off.

use core::time::Duration;
use std::sync::Mutex;

use http_body_util::BodyExt;
use rutter::{BoxError, prelude::*};
use tokio::{sync::mpsc, time::timeout};

use crate::{common::Running, compressing, decoded, send};

type Line = Result<&'static str, BoxError>;

/// What the stream takes its lines from.
struct Source(Mutex<Option<mpsc::Receiver<Line>>>);

#[route(GET, "/lines", dynamic, register = false)]
fn stream(source: State<Source>) -> impl IntoResponse {
    let mut lines = source.0.0.lock().expect("no panic").take().expect("one request");
    let body = Body::stream(futures_util::stream::poll_fn(move |cx| lines.poll_recv(cx)));
    ([("content-type", "text/plain")], body)
}

async fn streaming() -> (Running, mpsc::Sender<Line>) {
    let (lines, source) = mpsc::channel(8);
    (compressing(rutter::routes![stream].state(Source(Mutex::new(Some(source))))).await, lines)
}

async fn ask(server: &Running, encoding: &str) -> hyper::body::Incoming {
    let answer = send(server, "GET", "/lines", &[("accept-encoding", encoding)]).await;
    assert_eq!(answer.headers()["content-encoding"], encoding);
    answer.into_body()
}

/// What can be read of the beginning of an encoded body.
fn beginning(encoding: &str, bytes: &[u8]) -> String {
    use std::io::Read;

    let mut reader: Box<dyn Read + '_> = match encoding {
        "br" => Box::new(brotli::Decompressor::new(bytes, 4_096)),
        "zstd" => Box::new(zstd::stream::read::Decoder::new(bytes).expect("a frame")),
        _ => Box::new(flate2::read::GzDecoder::new(bytes)),
    };
    let (mut plain, mut buffer) = (Vec::new(), [0; 4_096]);
    while let Ok(len @ 1..) = reader.read(&mut buffer) {
        plain.extend_from_slice(&buffer[..len]);
    }
    String::from_utf8(plain).expect("text")
}

#[tokio::test]
async fn a_line_arrives_before_the_next_is_made() {
    for encoding in ["br", "zstd", "gzip"] {
        let (server, lines) = streaming().await;
        let mut body = ask(&server, encoding).await;
        let mut came = Vec::new();
        let mut expected = String::new();
        for line in ["one\n", "two\n", "three\n"] {
            lines.send(Ok(line)).await.expect("the stream is read");
            expected.push_str(line);
            while beginning(encoding, &came) != expected {
                let frame = timeout(Duration::from_secs(5), body.frame()).await.expect("nothing is held back");
                came.extend(frame.expect("not the end").expect("no error").into_data().expect("no trailers"));
            }
        }
        drop(lines);
        came.extend(body.collect().await.expect("a whole body").to_bytes());
        assert_eq!(decoded(Some(encoding), &came), expected.as_bytes(), "{encoding}");
    }
}

#[tokio::test]
async fn a_stream_that_fails_is_cut() {
    for encoding in ["br", "zstd", "gzip"] {
        let (server, lines) = streaming().await;
        let body = ask(&server, encoding).await;
        lines.send(Ok("one\n")).await.expect("the stream is read");
        lines.send(Err("the disk is gone".into())).await.expect("the stream is read");
        assert!(body.collect().await.is_err(), "{encoding}: an answer that looks whole");
    }
}
