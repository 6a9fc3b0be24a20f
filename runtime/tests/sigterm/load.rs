//! Clients that go on asking until the server is gone.

use core::{net::SocketAddr, time::Duration};
use std::{
    io::{self, Read, Write},
    net::TcpStream,
    thread::{self, JoinHandle},
};

use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rutter::Bytes;

/// Clients with connections that they reuse, clients with one a request, clients of HTTP/2, and streams of both.
pub(crate) struct Load {
    clients: Vec<JoinHandle<Seen>>,
    streams: Vec<JoinHandle<bool>>,
}

/// What clients have seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) answered: usize,
    pub(crate) orders: usize,
    /// Requests on a connection that had been accepted, without a whole answer.
    pub(crate) lost: Vec<String>,
    pub(crate) streams_ended: usize,
    pub(crate) streams_cut: usize,
}

pub(crate) const STREAMS: usize = 8;
const CLIENTS: usize = 15;
const CHUNKED: &str = "POST /orders HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n4\r\nrope\r\n0\r\n\r\n";

impl Load {
    pub(crate) fn start(address: SocketAddr) -> Load {
        let streams = (0..STREAMS).map(|number| match number % 2 {
            0 => thread::spawn(move || stream(address)),
            _ => thread::spawn(move || block_on(stream_http2(address))),
        });
        let clients = (0..CLIENTS).map(|number| match number % 5 {
            0 => thread::spawn(move || ask(address, "POST /orders HTTP/1.1\r\nhost: a\r\n\r\n")),
            1 => thread::spawn(move || ask(address, "GET /work HTTP/1.1\r\nhost: a\r\n\r\n")),
            2 => thread::spawn(move || ask(address, "GET /work HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")),
            3 => thread::spawn(move || ask(address, CHUNKED)),
            _ => thread::spawn(move || block_on(ask_http2(address))),
        });
        Load { streams: streams.collect(), clients: clients.collect() }
    }

    pub(crate) fn ended(self) -> Seen {
        let mut all = Seen::default();
        for client in self.clients {
            let seen = client.join().expect("a client does not panic");
            all.answered += seen.answered;
            all.orders += seen.orders;
            all.lost.extend(seen.lost);
        }
        for stream in self.streams {
            if stream.join().expect("a client does not panic") {
                all.streams_ended += 1;
            } else {
                all.streams_cut += 1;
            }
        }
        all
    }
}

/// Asks again and again until nobody listens any more.
fn ask(address: SocketAddr, request: &str) -> Seen {
    let mut seen = Seen::default();
    while let Ok(mut client) = TcpStream::connect(address) {
        client.set_read_timeout(Some(Duration::from_secs(10))).expect("a time that is not zero");
        loop {
            match exchange(&mut client, request) {
                Ok(head) => {
                    seen.answered += 1;
                    seen.orders += usize::from(request.starts_with("POST"));
                    if head.contains("connection: close") {
                        break;
                    }
                }
                Err(error) => {
                    seen.lost.push(format!("{}: {error}", request.escape_debug()));
                    break;
                }
            }
        }
    }
    seen
}

/// The same over HTTP/2, three requests at a time.
async fn ask_http2(address: SocketAddr) -> Seen {
    let mut seen = Seen::default();
    while let Some(sender) = connect_http2(address).await {
        let ask = async |mut sender: SendRequest<Empty<Bytes>>| {
            // Once the server says that it goes, nothing more is sent on this connection.
            sender.ready().await.ok()?;
            let request = http::Request::post("http://a/orders").body(Empty::new()).expect("a request");
            match sender.send_request(request).await {
                Ok(answer) => Some(answer.into_body().collect().await.map(drop)),
                Err(error) if error.is_canceled() => None,
                Err(error) => Some(Err(error)),
            }
        };
        loop {
            let (one, two, three) = tokio::join!(ask(sender.clone()), ask(sender.clone()), ask(sender.clone()));
            for answer in [&one, &two, &three].into_iter().flatten() {
                match answer {
                    Ok(()) => (seen.answered, seen.orders) = (seen.answered + 1, seen.orders + 1),
                    Err(error) => seen.lost.push(format!("HTTP/2: {error:?}")),
                }
            }
            if [one, two, three].iter().any(Option::is_none) {
                break;
            }
        }
    }
    seen
}

async fn connect_http2(address: SocketAddr) -> Option<SendRequest<Empty<Bytes>>> {
    let stream = tokio::net::TcpStream::connect(address).await.ok()?;
    let (sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    Some(sender)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Sends a request and reads the whole of the answer.
fn exchange(client: &mut TcpStream, request: &str) -> io::Result<String> {
    client.write_all(request.as_bytes())?;
    let (mut bytes, mut buffer) = (Vec::new(), [0; 16 * 1024]);
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return Ok(head);
            }
        }
        match client.read(&mut buffer)? {
            0 => return Err(io::Error::other(format!("the connection ended after {} bytes", bytes.len()))),
            len => bytes.extend_from_slice(&buffer[..len]),
        }
    }
}

/// Listens to a stream; whether it was ended rather than cut.
fn stream(address: SocketAddr) -> bool {
    let Ok(mut client) = TcpStream::connect(address) else { return false };
    let mut bytes = Vec::new();
    let sent = client.write_all(b"GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
    sent.and_then(|()| client.read_to_end(&mut bytes)).is_ok() && bytes.ends_with(b"\r\n0\r\n\r\n")
}

/// The same over HTTP/2, where an end is a frame and a cut a reset.
async fn stream_http2(address: SocketAddr) -> bool {
    let Some(mut sender) = connect_http2(address).await else { return false };
    let request = http::Request::get("http://a/events").body(Empty::new()).expect("a request");
    let Ok(answer) = sender.send_request(request).await else { return false };
    answer.into_body().collect().await.is_ok()
}
