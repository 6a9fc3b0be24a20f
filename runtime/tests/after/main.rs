//! Work that begins once the answer has been sent, over real sockets.

mod begins;
#[path = "../common/mod.rs"]
mod common;
mod ends;
mod goes_on;

use core::time::Duration;
use std::sync::Arc;

use common::Running;
use rutter::{BoxError, Routes, prelude::*};
use tokio::{
    sync::{Notify, mpsc},
    time::timeout,
};

/// What handlers and their work say, in order.
struct Log(mpsc::UnboundedSender<&'static str>);

impl Log {
    fn say(&self, what: &'static str) {
        let _ = self.0.send(what);
    }
}

/// What a test hears of a [`Log`].
struct Heard(mpsc::UnboundedReceiver<&'static str>);

impl Heard {
    /// The next word, which must come.
    async fn next(&mut self) -> &'static str {
        timeout(Duration::from_secs(10), self.0.recv()).await.expect("a word in time").expect("a word")
    }

    /// Whether nothing is said for a while.
    async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(150), self.0.recv()).await.is_err()
    }
}

/// Holds handlers and their work up until a test lets them go on.
#[derive(Clone, Default)]
struct Gate(Arc<Notify>);

impl Gate {
    async fn opens(&self) {
        self.0.notified().await;
    }

    fn open(&self) {
        self.0.notify_one();
    }
}

/// A server of these routes, and what they say.
async fn start(routes: Routes) -> (Running, Heard, Gate) {
    let (log, heard) = mpsc::unbounded_channel();
    let gate = Gate::default();
    let server = common::start(routes.state(Log(log)).state(gate.clone())).await;
    (server, Heard(heard), gate)
}

/// Pieces of a body, then its end.
fn pieces(count: usize, size: usize) -> Body {
    let pieces = (0..count).map(move |_| Ok::<_, BoxError>(Bytes::from(vec![b'x'; size])));
    Body::stream(futures_util::stream::iter(pieces))
}
