//! Answers in fewer bytes, as clients see them on the wire: `rutter::Compression`.

#[cfg(feature = "sse")]
mod events;
#[cfg(feature = "files")]
mod files;
mod kept;
mod left;
mod negotiated;
mod streams;
mod told;
mod turns;

#[path = "../common/mod.rs"]
mod common;

use std::io::Read;

use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rutter::{Bytes, Compression, HeaderMap, Routes, http};
use tokio::net::TcpStream;

use common::{Running, Runs, start};

/// A server of these routes that compresses.
async fn compressing(routes: Routes) -> Running {
    start(routes.compression(Compression::default())).await
}

/// What came back, as it came.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    fn encoding(&self) -> Option<&str> {
        self.header("content-encoding")
    }

    /// The body as it was before it was compressed.
    fn plain(&self) -> String {
        String::from_utf8(decoded(self.encoding(), &self.body)).expect("text")
    }

    /// All lines of `Vary` as one list.
    fn vary(&self) -> String {
        let lines: Vec<&str> = self.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect();
        lines.join(", ")
    }

    /// `Content-Encoding`, `Vary` and `ETag`.
    fn told(&self) -> [Option<&str>; 3] {
        ["content-encoding", "vary", "etag"].map(|name| self.header(name))
    }
}

fn decoded(encoding: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let read = match encoding {
        None => return bytes.to_vec(),
        Some("br") => brotli::Decompressor::new(bytes, 4_096).read_to_end(&mut plain),
        Some("zstd") => zstd::stream::read::Decoder::new(bytes).expect("a frame").read_to_end(&mut plain),
        Some("gzip") => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        Some(other) => panic!("nobody asked for `{other}`"),
    };
    read.expect("it can be decoded");
    plain
}

/// One request on a connection of its own, and its whole answer.
async fn ask(server: &Running, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    let (parts, body) = send(server, method, target, headers).await.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// One request on a connection of its own; its answer is still to be read.
async fn send(
    server: &Running,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
) -> http::Response<hyper::body::Incoming> {
    let io = TokioIo::new(TcpStream::connect(server.address).await.expect("the server accepts"));
    let (mut sender, connection) = http1::handshake(io).await.expect("a handshake");
    tokio::spawn(connection);
    let mut request = http::Request::builder().method(method).uri(target).header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Empty::<Bytes>::new()).expect("a request");
    sender.send_request(request).await.expect("an answer")
}

/// GET with `Accept-Encoding`.
async fn get(server: &Running, target: &str, accepts: &str) -> Answer {
    ask(server, "GET", target, &[("accept-encoding", accepts)]).await
}

/// Text that is worth compressing: lines that are not all the same.
fn lines(count: usize) -> String {
    (0..count).fold(String::new(), |lines, n| lines + &format!("{n}: all is well on deck {}\n", n % 7))
}

/// Bytes that nothing makes shorter.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 7_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    core::iter::repeat_with(next).take(len).collect()
}
