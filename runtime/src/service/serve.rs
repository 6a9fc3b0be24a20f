//! A server on a TCP socket: HTTP/1.1 and HTTP/2, limits, and an end that loses no request.

use core::{
    future::{Future, ready},
    pin::pin,
    time::Duration,
};
use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    net::{TcpListener, TcpSocket, TcpStream, ToSocketAddrs, lookup_host},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    ending::Ending,
    error::{Error, Result},
    service::{
        RouteService,
        connection::{Course, connection},
        door,
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
    linger: Duration,
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
            match listen(address) {
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

    /// How long clients that are connected are still heard once the end has begun, 1 s by default.
    ///
    /// A client that reuses its connection may be about to send a request that it cannot know to be the last: it is
    /// answered with `Connection: close`. Without a connection nothing is waited for.
    pub fn linger(mut self, time: Duration) -> Self {
        self.settings.linger = time;
        self
    }

    /// The longest that requests in progress, and the work that answers have left behind, are waited for at the end,
    /// 30 s by default.
    pub fn drain(mut self, longest: Duration) -> Self {
        self.settings.drain = longest;
        self
    }

    /// Ends the server when this future does, instead of at SIGTERM or Ctrl-C.
    pub fn until(mut self, end: impl Future<Output = ()> + Send + 'static) -> Self {
        self.end = Box::pin(end);
        self
    }

    /// Serves the application until the end, then waits for what is in progress.
    ///
    /// The end: streams without an end of their own, such as server-sent events, are ended. Requests that come within
    /// the [`linger`](Server::linger) time are answered still. Then nothing is accepted any more, requests in progress
    /// are answered, and the work that answers have left behind ([`After`](crate::After)) is done. A second SIGTERM or
    /// Ctrl-C, or the end of the [`drain`](Server::drain) time, cuts off what is left; the log says what it was, and this
    /// returns as it does otherwise, once the events of webhooks that were cut off are given up: within a second or so.
    ///
    /// # Errors
    /// None at present: a connection that fails concerns nobody else.
    pub async fn serve(self, app: RouteService) -> Result<()> {
        let Server { listener, settings, end, .. } = self;
        let mut connections = Connections::new(listener, app.clone(), &settings);
        connections.accept(end, Or::Never).await;
        app.close();
        let drained = sleep(settings.drain);
        let in_time = async {
            connections.accept(sleep(settings.linger), Or::Idle).await;
            connections.close().await;
            app.finished().await;
        };
        let why = tokio::select! {
            () = in_time => return Ok(()),
            () = signal() => "a second signal",
            () = drained => "the drain time is over",
        };
        connections.cut_off(why).await;
        for work in app.unfinished() {
            tracing::warn!(%work, why, "work after an answer is cut off");
        }
        app.shared.app.work.cut_off();
        // Who was cut off gives up what it has claimed: without a word the others would wait for its lease to end.
        let notes = &app.shared.app.notes;
        if timeout(NOTES, notes.finished()).await.is_err() {
            tracing::warn!("what has become of requests that were cut off is not written down");
            notes.cut_off();
        }
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            connections: 10_000,
            header_timeout: Duration::from_secs(30),
            linger: Duration::from_secs(1),
            drain: Duration::from_secs(30),
        }
    }
}

/// The connections of a server.
struct Connections {
    /// Where they come from, until the end.
    listener: Option<TcpListener>,
    app: RouteService,
    course: Course,
    /// Room for more of them.
    slots: Arc<Semaphore>,
    tasks: JoinSet<()>,
}

/// What else ends the accepting of connections.
enum Or {
    /// That there are none.
    Idle,
    Never,
}

impl Connections {
    fn new(listener: TcpListener, app: RouteService, settings: &Settings) -> Self {
        let course =
            Course { header_timeout: settings.header_timeout, linger: settings.linger, closing: Ending::default() };
        let slots = Arc::new(Semaphore::new(settings.connections));
        Connections { listener: Some(listener), app, course, slots, tasks: JoinSet::new() }
    }

    /// Serves those that come until then, or until there are none.
    async fn accept(&mut self, end: impl Future<Output = ()>, or: Or) {
        let mut end = pin!(end);
        while let Some(listener) = &self.listener {
            let is_done = matches!(or, Or::Idle) && self.tasks.is_empty();
            tokio::select! {
                // The end is seen however many come; and none is there only when nobody is about to come in.
                biased;
                () = &mut end => return,
                Some(_) = self.tasks.join_next() => {}
                accepted = accept(listener, &self.slots) => self.begin(accepted),
                () = ready(()), if is_done => return,
            }
        }
    }

    fn begin(&mut self, (stream, peer, slot): (TcpStream, SocketAddr, OwnedSemaphorePermit)) {
        let connection = connection(stream, self.app.peer(peer), self.course.clone());
        self.tasks.spawn(async move {
            connection.await;
            drop(slot);
        });
    }

    /// Accepts no more, and waits for the end of each.
    async fn close(&mut self) {
        if let Some(listener) = &self.listener {
            door::shut(listener);
            // Those who have begun to connect come in.
            self.accept(sleep(MOMENT), Or::Never).await;
        }
        if let Some(listener) = self.listener.take() {
            self.accept_last(listener);
        }
        self.course.closing.begin();
        while self.tasks.join_next().await.is_some() {}
    }

    /// Accepts those whose connection stands already: the system would reset it, and with it what they have sent.
    fn accept_last(&mut self, listener: TcpListener) {
        for (stream, peer) in door::last(listener) {
            let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else { return };
            self.begin((stream, peer, slot));
        }
    }

    /// Ends what is left at once.
    async fn cut_off(&mut self, why: &str) {
        self.listener = None;
        if !self.tasks.is_empty() {
            tracing::warn!(connections = self.tasks.len(), why, "requests in progress are cut off");
        }
        self.tasks.shutdown().await;
    }
}

/// Listens with a long queue: after a restart everybody comes back at once.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As the standard library does: on Windows it would mean something else.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// The system's own bound is lower nearly everywhere (4,096 on Linux).
const QUEUE: u32 = 65_535;

/// How long notes are waited for at the very end: a ledger is given up after a second, whatever it is.
const NOTES: Duration = Duration::from_millis(1_100);

/// What a handshake takes that has begun.
const MOMENT: Duration = Duration::from_millis(20);

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
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
