//! A server on a TCP socket: HTTP/1.1 and HTTP/2, limits, and an end that loses no request.

use core::{future::Future, pin::pin, time::Duration};
use std::{net::SocketAddr, sync::Arc};

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::{
    io::Interest,
    net::{TcpListener, TcpStream, ToSocketAddrs, lookup_host},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    error::{Error, Result},
    service::{
        RouteService,
        framing::watched,
        shutdown::{Signal, signal},
    },
};

/// Serves an application on an address until SIGTERM or Ctrl-C: prints the table of routes and
/// the address, then `Server::bind(address).await?.serve(app).await`.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(app: RouteService, address: impl ToSocketAddrs) -> Result<()> {
    let server = Server::bind(address).await?;
    println!("{}\nlistening on http://{}", app.table(), server.local_addr());
    server.serve(app).await
}

/// A server on a TCP socket: HTTP/1.1, and HTTP/2 with prior knowledge.
///
/// ```no_run
/// use core::time::Duration;
/// # use rutter::prelude::*;
/// # #[route(GET, "/")]
/// # fn home() {}
/// # async fn run() -> rutter::Result<()> {
/// let server = rutter::Server::bind("127.0.0.1:0").await?.connections(1_000).drain(Duration::from_secs(5));
/// println!("http://{}", server.local_addr());
/// server.serve(rutter::collect!().build()?).await
/// # }
/// ```
#[must_use = "a server accepts nothing before `serve`"]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    settings: Settings,
    end: Signal,
}

#[derive(Clone)]
struct Settings {
    connections: usize,
    header_timeout: Duration,
    drain: Duration,
}

impl Server {
    /// Listens on an address; port 0 picks a free one.
    ///
    /// # Errors
    /// When the address cannot be resolved or listened on.
    pub async fn bind(address: impl ToSocketAddrs) -> Result<Self> {
        let addresses =
            lookup_host(address).await.map_err(|error| Error::new(format!("no address to listen on: {error}")))?;
        let mut refused = String::from("no address to listen on: the name has none");
        for address in addresses {
            match TcpListener::bind(address).await {
                Ok(listener) => return Self::on(listener),
                Err(error) => refused = format!("cannot listen on {address}: {error}"),
            }
        }
        Err(Error::new(refused))
    }

    /// Serves on a socket that listens already.
    ///
    /// # Errors
    /// When the socket has no local address.
    pub fn on(listener: TcpListener) -> Result<Self> {
        let address = listener.local_addr()?;
        Ok(Server { listener, address, settings: Settings::default(), end: signal() })
    }

    /// The address that is listened on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The most connections at once, 10,000 by default; more wait to be accepted.
    pub fn connections(mut self, most: usize) -> Self {
        self.settings.connections = most.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// The longest that a client may take to send the head of a request, 30 s by default. An HTTP/2
    /// client that says nothing for as long is asked whether it is still there, and given up when it
    /// does not answer.
    pub fn header_timeout(mut self, longest: Duration) -> Self {
        self.settings.header_timeout = longest;
        self
    }

    /// The longest that requests in progress are waited for at the end, 30 s by default.
    pub fn drain(mut self, longest: Duration) -> Self {
        self.settings.drain = longest;
        self
    }

    /// Ends the server when this future does, instead of at SIGTERM or Ctrl-C.
    pub fn until(mut self, end: impl Future<Output = ()> + Send + 'static) -> Self {
        self.end = Box::pin(end);
        self
    }

    /// Serves the application until the end, then waits for the requests in progress.
    ///
    /// A second SIGTERM or Ctrl-C, or the end of the drain time, cuts them off.
    ///
    /// # Errors
    /// None at present: a connection that fails concerns nobody else.
    pub async fn serve(self, app: RouteService) -> Result<()> {
        let Server { listener, settings, end, .. } = self;
        let slots = Arc::new(Semaphore::new(settings.connections));
        let (ending, ended) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut end = pin!(end);
        loop {
            let (stream, peer, slot) = tokio::select! {
                () = &mut end => break,
                Some(_) = connections.join_next() => continue,
                accepted = accept(&listener, &slots) => accepted,
            };
            let connection = connection(stream, app.peer(peer), settings.clone(), ended.clone());
            connections.spawn(async move {
                connection.await;
                drop(slot);
            });
        }
        drop(listener);
        let _ = ending.send(true);
        tokio::select! {
            () = async { while connections.join_next().await.is_some() {} } => {}
            () = signal() => tracing::warn!("a second signal: requests in progress are cut off"),
            () = sleep(settings.drain) => tracing::warn!(after = ?settings.drain, "requests in progress are cut off"),
        }
        // What is left is cut off here: a set of tasks ends them when it goes.
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings { connections: 10_000, header_timeout: Duration::from_secs(30), drain: Duration::from_secs(30) }
    }
}

type Slot = tokio::sync::OwnedSemaphorePermit;

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> (TcpStream, SocketAddr, Slot) {
    let slot = Arc::clone(slots).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, slot),
            Err(error) => {
                // Out of files or memory: waiting lets other connections end first.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, app: RouteService, settings: Settings, mut ended: watch::Receiver<bool>) {
    // Answers are written whole: waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let version = tokio::select! {
        version = timeout(settings.header_timeout, version(&stream)) => version,
        () = end_of(&mut ended) => return,
    };
    let Ok(Some(version)) = version else { return };
    // A macro because the two connection types share methods but no trait.
    macro_rules! drive {
        ($connection:expr) => {{
            let mut connection = pin!($connection);
            let result = tokio::select! {
                result = connection.as_mut() => result,
                () = end_of(&mut ended) => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = result {
                tracing::debug!(%error, "a connection ended early");
            }
        }};
    }
    match version {
        Protocol::Http1 => {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(settings.header_timeout).max_header_size(LONGEST_HEAD);
            let (stream, app) = watched(stream, app);
            drive!(builder.serve_connection(TokioIo::new(stream), app));
        }
        Protocol::Http2 => {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            // A client that vanished without a word is found by asking it.
            builder.timer(TokioTimer::new()).keep_alive_interval(Some(settings.header_timeout));
            drive!(builder.serve_connection(TokioIo::new(stream), app));
        }
    }
}

/// The most bytes of a head. More than the 64 KiB of a target, so that a long one is a 414.
const LONGEST_HEAD: usize = 96 * 1024;

/// Waits for the server's end to begin. The guard that the channel gives may not be held longer.
async fn end_of(ended: &mut watch::Receiver<bool>) {
    let _ = ended.wait_for(|ended| *ended).await;
}

#[derive(Clone, Copy)]
enum Protocol {
    Http1,
    Http2,
}

/// Looks at the first bytes without taking them: HTTP/2 begins with its whole preface
/// (RFC 9113 §3.4), which is no request. `None` when the client left.
async fn version(stream: &TcpStream) -> Option<Protocol> {
    let mut start = [0; PREFACE.len()];
    let mut pause = Duration::from_millis(5);
    loop {
        let ready = stream.ready(Interest::READABLE).await.ok()?;
        let len = stream.peek(&mut start).await.ok()?;
        match &start[..len] {
            [] => return None,
            PREFACE => return Some(Protocol::Http2),
            part if !PREFACE.starts_with(part) => return Some(Protocol::Http1),
            _ if ready.is_read_closed() => return None,
            // A part of the preface: nothing tells when more is there than has been looked at.
            _ => sleep(pause).await,
        }
        pause = (pause * 2).min(Duration::from_millis(500));
    }
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
