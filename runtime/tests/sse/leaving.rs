//! What becomes of a task whose client leaves.

use core::{future::pending, time::Duration};

use rutter::{Event, Events, SseError, prelude::*};
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, timeout},
};

use crate::{
    LONG, Listening, Version, Wire,
    common::{Running, start},
};

/// What tasks tell of themselves.
type Told = mpsc::UnboundedSender<What>;

enum What {
    Runs(Events),
    Dropped(Instant),
}

/// Tells when it is dropped.
struct Guard(Told);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send(What::Dropped(Instant::now()));
    }
}

/// A task that waits before its first event, after it, or sends without end.
#[route(GET, "/[kind]")]
fn task(kind: String, told: State<Told>) -> Sse {
    Sse::channel(async move |mut events| {
        let _guard = Guard(Told::clone(&told));
        let _ = told.send(What::Runs(events.clone()));
        if kind != "silent" {
            events.send(Event::data("hi")).await?;
        }
        if kind != "busy" {
            return pending().await;
        }
        loop {
            events.send(Event::data("x".repeat(1_000))).await?;
        }
    })
}

async fn serve() -> (Running, mpsc::UnboundedReceiver<What>) {
    let (told, heard) = mpsc::unbounded_channel();
    (start(rutter::routes![task].state(told)).await, heard)
}

async fn runs(heard: &mut mpsc::UnboundedReceiver<What>) -> Events {
    match timeout(LONG, heard.recv()).await.expect("the task runs") {
        Some(What::Runs(events)) => events,
        _ => panic!("the task runs first"),
    }
}

async fn dropped(heard: &mut mpsc::UnboundedReceiver<What>) -> Instant {
    match timeout(LONG, heard.recv()).await.expect("the task is dropped") {
        Some(What::Dropped(when)) => when,
        _ => panic!("no other task runs"),
    }
}

/// What stays open of a client that has left.
#[expect(dead_code)]
enum Rest {
    Socket(TcpStream),
    Connection(JoinHandle<()>),
}

/// How a client leaves.
#[derive(Debug, Clone, Copy)]
enum Leaving {
    /// The connection is closed: FIN, or RST where something is unread.
    Close,
    /// The client says that it will send nothing more.
    HalfClose,
    /// RST.
    Reset,
}

impl Leaving {
    async fn leave(self, client: Listening) -> Option<Rest> {
        match (self, client.wire) {
            (Leaving::Close, Wire::Http1 { stream, .. }) => drop(stream),
            (Leaving::Reset, Wire::Http1 { stream, .. }) => {
                stream.set_zero_linger().expect("a socket can be reset");
                drop(stream);
            }
            (Leaving::HalfClose, Wire::Http1 { mut stream, .. }) => {
                stream.shutdown().await.expect("a socket can be half closed");
                return Some(Rest::Socket(stream));
            }
            // The connection goes, with all its streams.
            (Leaving::Close | Leaving::HalfClose, Wire::Http2 { body, connection }) => {
                connection.abort();
                drop(body);
            }
            // RST_STREAM: the connection stays.
            (Leaving::Reset, Wire::Http2 { body, connection }) => {
                drop(body);
                return Some(Rest::Connection(connection));
            }
        }
        None
    }
}

#[tokio::test]
async fn a_task_is_dropped_within_100_ms() {
    let (server, mut heard) = serve().await;
    for version in crate::VERSIONS {
        for leaving in [Leaving::Close, Leaving::HalfClose, Leaving::Reset] {
            for target in ["/silent", "/idle", "/busy"] {
                let took = quickest(&server, &mut heard, version, leaving, target).await;
                assert!(took < Duration::from_millis(100), "{version:?} {leaving:?} {target}: {took:?}");
            }
        }
    }
}

/// The least of three, as the machine may be busy with something else.
async fn quickest(
    server: &Running,
    heard: &mut mpsc::UnboundedReceiver<What>,
    version: Version,
    leaving: Leaving,
    target: &str,
) -> Duration {
    let mut quickest = Duration::MAX;
    for _ in 0..3 {
        let mut client = Listening::to(server, version, target).await;
        let events = runs(heard).await;
        if target != "/silent" {
            client.until("data: hi\n\n").await;
        }
        assert!(!events.is_gone());
        let left = Instant::now();
        let rest = leaving.leave(client).await;
        quickest = quickest.min(dropped(heard).await.saturating_duration_since(left));
        assert!(events.is_gone(), "the task is dropped after its client is known to have left");
        drop(rest);
    }
    quickest
}

#[tokio::test]
async fn other_tasks_are_told_that_the_client_has_left() {
    let (server, mut heard) = serve().await;
    for version in crate::VERSIONS {
        let client = Listening::to(&server, version, "/idle").await;
        let mut events = runs(&mut heard).await;
        events.send(Event::data("from elsewhere")).await.expect("the client is there");
        let sending = tokio::spawn(async move {
            loop {
                if let Err(error) = events.send(Event::data("x".repeat(1_000))).await {
                    return error;
                }
            }
        });
        Leaving::Close.leave(client).await;
        let error = timeout(LONG, sending).await.expect("it is told").expect("no panic");
        assert!(matches!(error, SseError::Gone));
        dropped(&mut heard).await;
    }
}

#[tokio::test]
async fn a_stream_of_events_is_dropped_too() {
    struct Silent(#[expect(dead_code)] Guard);
    impl futures_core::Stream for Silent {
        type Item = Event;
        fn poll_next(
            self: core::pin::Pin<&mut Self>,
            _: &mut core::task::Context<'_>,
        ) -> core::task::Poll<Option<Event>> {
            core::task::Poll::Pending
        }
    }
    #[route(GET, "/")]
    fn stream(told: State<Told>) -> Sse {
        Sse::new(Silent(Guard(Told::clone(&told))))
    }
    let (told, mut heard) = mpsc::unbounded_channel();
    let server = start(rutter::routes![stream].state(told)).await;
    for version in crate::VERSIONS {
        let client = Listening::to(&server, version, "/").await;
        Leaving::Close.leave(client).await;
        dropped(&mut heard).await;
    }
}
