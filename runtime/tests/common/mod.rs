//! A server on loopback, and the bytes that go to it and come back.

#![allow(dead_code)] // Each test file uses its part.

use core::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use std::{net::SocketAddr, sync::Arc};

use http_body_util::Empty;
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rutter::{Bytes, Routes, Server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

/// A server that ends when it is dropped, or by [`Running::stop`].
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
}

/// Serves routes on a free port of loopback.
pub(crate) async fn start(routes: Routes) -> Running {
    start_with(routes, |server| server).await
}

/// Serves routes with these settings.
pub(crate) async fn start_with(routes: Routes, settings: impl FnOnce(Server) -> Server) -> Running {
    let app = routes.build().expect("the routes fit together");
    let server = Server::bind("127.0.0.1:0").await.expect("a free port");
    let address = server.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = settings(server).until(async { drop(stopped.await) });
    let ended = tokio::spawn(async move { server.serve(app).await.expect("the server ends well") });
    Running { address, stop: Some(stop), ended }
}

impl Running {
    /// Sends these bytes on a connection of its own and reads what comes back until the server
    /// closes it, or says nothing for a second.
    pub(crate) async fn send(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect().await;
        stream.write_all(request.as_ref()).await.expect("the request can be sent");
        Answer::read(&mut stream).await
    }

    /// GET of a target, on a connection that is closed afterwards.
    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.send(format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await
    }

    /// POST of a body with its type, on a connection that is closed afterwards.
    pub(crate) async fn post(&self, target: &str, media_type: &str, body: impl AsRef<[u8]>) -> Answer {
        let body = body.as_ref();
        let head = format!(
            "POST {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {media_type}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        self.send([head.as_bytes(), body].concat()).await
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("the server accepts")
    }

    /// A client of HTTP/2.
    pub(crate) async fn http2(&self) -> SendRequest<Empty<Bytes>> {
        self.http2_connection().await.0
    }

    /// The same with its connection, which ends when it is aborted.
    pub(crate) async fn http2_connection(&self) -> (SendRequest<Empty<Bytes>>, JoinHandle<()>) {
        let stream = TokioIo::new(self.connect().await);
        let (sender, connection) = handshake(TokioExecutor::new(), stream).await.expect("the server speaks it");
        (sender, tokio::spawn(async { drop(connection.await) }))
    }

    /// Begins the end and waits for it.
    pub(crate) async fn stop(mut self) {
        self.begin_stop();
        self.ended().await;
    }

    pub(crate) fn begin_stop(&mut self) {
        drop(self.stop.take());
    }

    pub(crate) async fn ended(self) {
        timeout(Duration::from_secs(20), self.ended).await.expect("the server ends in time").expect("without a panic");
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// Whether the server closed the connection.
    pub(crate) closed: bool,
}

impl Answer {
    pub(crate) async fn read(stream: &mut TcpStream) -> Answer {
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        let closed = loop {
            match timeout(Duration::from_secs(1), stream.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => break true,
                Ok(Ok(len)) => bytes.extend_from_slice(&buffer[..len]),
                Err(_) => break false,
            }
        };
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
        let body = bytes.split_off(end);
        Answer { head: String::from_utf8_lossy(&bytes).into_owned(), body, closed }
    }

    pub(crate) fn status(&self) -> u16 {
        self.head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn is_problem(&self) -> bool {
        self.header("content-type") == Some("application/problem+json")
    }
}

/// How often handlers have run.
#[derive(Clone, Default)]
pub(crate) struct Runs(Arc<AtomicUsize>);

impl Runs {
    /// Counts one more; the number of this one, from 1.
    pub(crate) fn next(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}
