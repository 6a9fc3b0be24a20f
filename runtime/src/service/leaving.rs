//! Clients that leave while bytes of theirs have not been read.
//!
//! hyper notices that a client leaves by reading the end of what it sends. While bytes are waiting to be read, such as a
//! second request or a body that the handler has no use for, it does not read, and a stream that has nothing to say would
//! not end before its client is spoken to. So while an answer streams and bytes wait, the socket itself is asked.

use core::{
    convert::Infallible,
    future::Future,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll, Waker},
    time::Duration,
};
use std::{io, sync::Arc};

use http::Version;
use tokio::{io::Interest, net::TcpStream, sync::Notify, time::sleep};

/// What is known of the client of one connection; a clone knows the same.
#[derive(Clone, Default)]
pub(super) struct Leaving(Arc<State>);

#[derive(Default)]
struct State {
    /// An answer is sent whose length is not known.
    streams: AtomicBool,
    /// What was read last were bytes: hyper has not asked for more since.
    has_unread: AtomicBool,
    /// Told when nothing would wake the connection any more.
    begins: Notify,
    /// The client speaks HTTP/1.0.
    is_old: AtomicBool,
    /// An answer broke off.
    is_broken: AtomicBool,
}

impl Leaving {
    /// A request has come.
    pub(super) fn called(&self, version: Version) {
        self.0.streams.store(false, Ordering::Relaxed);
        if version < Version::HTTP_11 {
            self.0.is_old.store(true, Ordering::Relaxed);
        }
    }

    /// An answer broke off.
    pub(super) fn broke(&self) {
        self.0.is_broken.store(true, Ordering::Relaxed);
    }

    /// Parts with the client: it is told by a reset that its answer broke off, where nothing else can tell. The end of a
    /// connection is the end of an answer for HTTP/1.0, which knows no chunks (RFC 9112 §6.3).
    pub(super) fn part(&self, stream: &TcpStream) {
        if self.0.is_old.load(Ordering::Relaxed) && self.0.is_broken.load(Ordering::Relaxed) {
            // Where it cannot be set, the client sees an end as before.
            let _ = stream.set_zero_linger();
        }
    }

    /// Its answer is there, and streams.
    pub(super) fn streams(&self) {
        self.0.streams.store(true, Ordering::Relaxed);
        self.notice();
    }

    /// The connection has been read: there were bytes, or it waits for some.
    pub(super) fn read(&self, bytes: bool) {
        self.0.has_unread.store(bytes, Ordering::Relaxed);
        if bytes {
            self.notice();
        }
    }

    fn notice(&self) {
        if self.is_deaf() {
            self.0.begins.notify_one();
        }
    }

    /// Whether hyper would not hear of an end, because it does not read.
    fn is_deaf(&self) -> bool {
        self.0.streams.load(Ordering::Relaxed) && self.0.has_unread.load(Ordering::Relaxed)
    }

    /// Has the connection polled from time to time while it does not hear.
    pub(super) async fn watch(&self) -> Infallible {
        loop {
            self.0.begins.notified().await;
            while self.is_deaf() {
                sleep(OFTEN).await;
            }
        }
    }

    /// Asks the socket, while an answer streams, whether the client has left.
    pub(super) fn check(&self, stream: &TcpStream) -> io::Result<()> {
        if self.0.streams.load(Ordering::Relaxed) && has_left(stream) {
            return Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the client has left"));
        }
        Ok(())
    }
}

/// Half of the 100 ms in which a task is promised to end.
const OFTEN: Duration = Duration::from_millis(50);

/// Whether the other end is closed, whatever is left to be read. The bytes before the end need not be read to know.
fn has_left(stream: &TcpStream) -> bool {
    let ready = pin!(stream.ready(Interest::READABLE | Interest::ERROR));
    match ready.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(ready)) => ready.is_read_closed() || ready.is_error(),
        Poll::Ready(Err(_)) => true,
        Poll::Pending => false,
    }
}
