//! Clients that are slow, and streams that are long.

use core::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use std::sync::Arc;

use rutter::{Event, prelude::*};
use tokio::time::{sleep, timeout};

use crate::{End, LONG, Listening, VERSIONS, common::start};

/// How many bytes of data have been sent.
type Sent = Arc<AtomicUsize>;

#[route(GET, "/flood")]
fn flood(sent: State<Sent>) -> Sse {
    Sse::channel(async move |mut events| {
        loop {
            events.send(Event::data("x".repeat(1_000))).await?;
            sent.fetch_add(1_000, Ordering::SeqCst);
        }
    })
}

#[tokio::test]
async fn a_client_that_does_not_read_holds_its_task_up() {
    for version in VERSIONS {
        let sent = Sent::default();
        let server = start(rutter::routes![flood].state(Arc::clone(&sent))).await;
        let mut client = Listening::to(&server, version, "/flood").await;
        let held = timeout(LONG, settled(&sent)).await.expect("the task is held up");
        assert!(held < 16 << 20, "{held} bytes are on their way: more than sockets hold");
        let read = async {
            while sent.load(Ordering::SeqCst) < held + (8 << 20) {
                client.more().await.expect("the stream goes on");
                client.text.clear();
            }
        };
        timeout(LONG, read).await.expect("the task goes on once its client reads");
    }
}

/// The number, once it stays the same for a while.
async fn settled(sent: &Sent) -> usize {
    let mut last = 0;
    loop {
        sleep(Duration::from_millis(300)).await;
        let now = sent.load(Ordering::SeqCst);
        if now > 0 && now == last {
            return now;
        }
        last = now;
    }
}

#[route(GET, "/million")]
fn million() -> Sse {
    Sse::channel(async move |mut events| {
        for number in 0..1_000_000_u32 {
            events.send(Event::data(number.to_string())).await?;
        }
        Ok(())
    })
}

#[tokio::test]
async fn a_million_events_arrive_in_order() {
    let server = start(rutter::routes![million]).await;
    for version in VERSIONS {
        let mut client = Listening::to(&server, version, "/million").await;
        assert_eq!(timeout(LONG * 3, client.end()).await, Ok(End::Clean));
        let mut events = client.text.split_terminator("\n\n");
        for number in 0..1_000_000_u32 {
            let data = events.next().and_then(|event| event.strip_prefix("data: "));
            assert_eq!(data.and_then(|data| data.parse().ok()), Some(number));
        }
        assert_eq!(events.next(), None);
    }
}
