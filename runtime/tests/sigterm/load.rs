//! Clients that go on asking until the server is gone.

use core::{net::SocketAddr, time::Duration};
use std::{
    io::{self, Read, Write},
    net::TcpStream,
    thread::{self, JoinHandle},
};

/// Clients with connections that they reuse, clients with one a request, and streams.
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
const CLIENTS: usize = 12;

impl Load {
    pub(crate) fn start(address: SocketAddr) -> Load {
        let streams = (0..STREAMS).map(|_| thread::spawn(move || stream(address)));
        let clients = (0..CLIENTS).map(|number| {
            let (target, reuses) = match number % 3 {
                0 => ("POST /orders", true),
                1 => ("GET /work", true),
                _ => ("GET /work", false),
            };
            thread::spawn(move || ask(address, target, reuses))
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
fn ask(address: SocketAddr, target: &str, reuses: bool) -> Seen {
    let mut seen = Seen::default();
    let close = if reuses { "" } else { "connection: close\r\n" };
    let request = format!("{target} HTTP/1.1\r\nhost: a\r\n{close}\r\n");
    while let Ok(mut client) = TcpStream::connect(address) {
        client.set_read_timeout(Some(Duration::from_secs(10))).expect("a time that is not zero");
        loop {
            match exchange(&mut client, &request) {
                Ok(head) => {
                    seen.answered += 1;
                    seen.orders += usize::from(target.starts_with("POST"));
                    if head.contains("connection: close") {
                        break;
                    }
                }
                Err(error) => {
                    seen.lost.push(format!("{target}, connections reused: {reuses}: {error}"));
                    break;
                }
            }
        }
    }
    seen
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
