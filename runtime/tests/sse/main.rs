//! Server-sent events over real sockets, as a client of HTTP/1.1 and one of HTTP/2 see them.

mod arriving;
mod broadcast;
mod ending;
mod leaving;
mod slow;
mod unread;

#[path = "../common/mod.rs"]
mod common;

use core::time::Duration;

use bytes::Bytes;
use common::Running;
use http_body_util::{BodyExt, Empty};
use hyper::{
    Request,
    body::{Body as _, Incoming},
    client::conn::http2,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};

/// The version of HTTP that a client speaks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Version {
    Http1,
    Http2,
}

const VERSIONS: [Version; 2] = [Version::Http1, Version::Http2];

/// A client that has been answered and reads what comes.
struct Listening {
    /// Lines of the head, in lower case: `name: value`.
    head: Vec<String>,
    /// What has come so far.
    text: String,
    /// How much of it has been looked at.
    seen: usize,
    wire: Wire,
}

enum Wire {
    Http1 { stream: TcpStream, raw: Vec<u8> },
    Http2 { body: Incoming, connection: JoinHandle<()> },
}

/// How a stream has ended.
#[derive(Debug, PartialEq)]
enum End {
    Clean,
    Cut,
}

impl Listening {
    async fn to(server: &Running, version: Version, target: &str) -> Listening {
        Listening::after(server, version, target, None).await
    }

    /// Listens after this id.
    async fn after(server: &Running, version: Version, target: &str, last: Option<&[u8]>) -> Listening {
        let answered = async {
            match version {
                Version::Http1 => http1(server, target, last).await,
                Version::Http2 => {
                    let mut request = Request::get(format!("http://localhost{target}"));
                    if let Some(last) = last {
                        request = request.header("last-event-id", last);
                    }
                    http2(server, request.body(Empty::new()).expect("a request")).await
                }
            }
        };
        timeout(LONG, answered).await.expect("the head comes before the first event")
    }

    fn has(&self, line: &str) -> bool {
        self.head.iter().any(|other| other == line)
    }

    /// Reads until this has come, after what was waited for before.
    async fn until(&mut self, text: &str) {
        loop {
            if let Some(at) = self.text[self.seen..].find(text) {
                self.seen += at + text.len();
                return;
            }
            // What has come in part is looked at again.
            let from = self.text.len().saturating_sub(text.len()).max(self.seen);
            self.seen = (self.seen..=from).rfind(|at| self.text.is_char_boundary(*at)).unwrap_or(self.seen);
            let more = timeout(LONG, self.more()).await;
            let more = more.unwrap_or_else(|_| panic!("{text:?} does not come after {:?}", self.text));
            more.unwrap_or_else(|end| panic!("{end:?} before {text:?}, after {:?}", self.text));
        }
    }

    /// Reads to the end.
    async fn end(&mut self) -> End {
        loop {
            if let Err(end) = timeout(LONG, self.more()).await.expect("the stream ends") {
                return end;
            }
        }
    }

    /// Reads once.
    async fn more(&mut self) -> Result<(), End> {
        match &mut self.wire {
            Wire::Http1 { stream, raw } => loop {
                match chunks(raw, &mut self.text) {
                    Some(true) => return Err(End::Clean),
                    Some(false) => return Ok(()),
                    None => {}
                }
                raw.reserve(64 * 1024);
                if !stream.read_buf(raw).await.is_ok_and(|len| len > 0) {
                    return Err(End::Cut);
                }
            },
            Wire::Http2 { body, .. } => match body.frame().await {
                // To hyper RST_STREAM with NO_ERROR or CANCEL is an end like END_STREAM.
                None => Err(if body.is_end_stream() { End::Clean } else { End::Cut }),
                Some(Err(_)) => Err(End::Cut),
                Some(Ok(frame)) => {
                    let data = frame.into_data().unwrap_or_default();
                    self.text += core::str::from_utf8(&data).expect("events are UTF-8");
                    Ok(())
                }
            },
        }
    }

    /// The ids of the events that have come.
    fn ids(&self) -> Vec<u64> {
        self.text.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect()
    }
}

async fn http1(server: &Running, target: &str, last: Option<&[u8]>) -> Listening {
    let mut stream = server.connect().await;
    let mut request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n").into_bytes();
    if let Some(last) = last {
        request.extend_from_slice(&[b"last-event-id: ", last, b"\r\n"].concat());
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request).await.expect("the request can be sent");
    read_head(stream).await
}

async fn read_head(mut stream: TcpStream) -> Listening {
    let mut raw = Vec::new();
    let end = loop {
        if let Some(end) = raw.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(stream.read_buf(&mut raw).await.is_ok_and(|len| len > 0), "there is a head");
    };
    let rest = raw.split_off(end);
    let head = String::from_utf8(raw).expect("a head is ASCII").to_lowercase();
    let head = head.lines().map(str::to_owned).collect();
    Listening { head, text: String::new(), seen: 0, wire: Wire::Http1 { stream, raw: rest } }
}

async fn http2(server: &Running, request: Request<Empty<Bytes>>) -> Listening {
    let (mut client, connection) = server.http2_connection().await;
    let (parts, body) = client.send_request(request).await.expect("an answer").into_parts();
    let lines = parts.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().expect("ASCII")));
    let head = core::iter::once(format!("http/2 {}", parts.status)).chain(lines).collect();
    Listening { head, text: String::new(), seen: 0, wire: Wire::Http2 { body, connection } }
}

/// Takes whole chunks out (RFC 9112 §7.1), and says whether the last was among them; `None` when there is none.
fn chunks(raw: &mut Vec<u8>, text: &mut String) -> Option<bool> {
    let (mut at, mut last) = (0, None);
    while let Some(line) = raw[at..].windows(2).position(|window| window == b"\r\n") {
        let size = core::str::from_utf8(&raw[at..at + line]).expect("a size is ASCII");
        let size = usize::from_str_radix(size, 16).expect("a size is a number");
        let start = at + line + 2;
        if raw.len() < start + size + 2 {
            break;
        }
        assert_eq!(&raw[start + size..start + size + 2], b"\r\n", "a chunk ends with its line");
        *text += core::str::from_utf8(&raw[start..start + size]).expect("events are UTF-8");
        last = Some(size == 0);
        at = start + size + 2;
    }
    raw.drain(..at);
    last
}

/// Longer than anything takes that goes well.
const LONG: Duration = Duration::from_secs(20);
