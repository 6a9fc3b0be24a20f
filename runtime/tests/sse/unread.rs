//! What becomes of a task whose client leaves while bytes of it have not been read.

use core::{future::pending, time::Duration};

use rutter::prelude::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc,
    time::{Instant, sleep, timeout},
};

use crate::{LONG, common::start};

/// Tells when it is dropped.
struct Guard(mpsc::UnboundedSender<Instant>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send(Instant::now());
    }
}

/// Never says anything, not even that it is there.
#[route([GET, POST], "/idle")]
fn idle(told: State<mpsc::UnboundedSender<Instant>>) -> Sse {
    let guard = Guard(mpsc::UnboundedSender::clone(&told));
    let idle = Sse::channel(async move |_events| {
        let _guard = guard;
        pending().await
    });
    idle.keep_alive(Duration::ZERO)
}

const UNREAD: [(&str, &str); 6] = [
    ("another request", "GET /idle HTTP/1.1\r\nhost: a\r\n\r\nGET /idle HTTP/1.1\r\nhost: a\r\n\r\n"),
    ("an empty line", "GET /idle HTTP/1.1\r\nhost: a\r\n\r\n\r\n"),
    ("a body with its length", "POST /idle HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhello"),
    ("the beginning of a body", "POST /idle HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\nhello"),
    ("chunks", "POST /idle HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    ("nothing of a body", "POST /idle HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n"),
];

#[tokio::test]
async fn a_task_is_dropped_when_its_client_leaves_bytes_behind() {
    let (told, mut heard) = mpsc::unbounded_channel::<Instant>();
    let server = start(rutter::routes![idle].state(told)).await;
    for (what, request) in UNREAD {
        for resets in [false, true] {
            let mut quickest = Duration::MAX;
            // The least of three, as the machine may be busy with something else.
            for _ in 0..3 {
                let mut client = server.connect().await;
                client.write_all(request.as_bytes()).await.expect("the request can be sent");
                let mut line = [0; 15];
                timeout(LONG, client.read_exact(&mut line)).await.expect("an answer").expect("its first line");
                sleep(Duration::from_millis(20)).await;
                assert!(heard.try_recv().is_err(), "{what}: the client is there");
                if resets {
                    client.set_zero_linger().expect("a socket can be reset");
                }
                let left = Instant::now();
                drop(client);
                let dropped = timeout(LONG, heard.recv()).await;
                let dropped = dropped.unwrap_or_else(|_| panic!("{what}, reset: {resets}")).expect("it tells");
                quickest = quickest.min(dropped.saturating_duration_since(left));
            }
            assert!(quickest < Duration::from_millis(100), "{what}, reset: {resets}: {quickest:?}");
        }
    }
}

#[tokio::test]
async fn bytes_that_come_while_an_answer_streams_are_no_leaving() {
    let (told, mut heard) = mpsc::unbounded_channel::<Instant>();
    let server = start(rutter::routes![idle].state(told)).await;
    let mut client = server.connect().await;
    client.write_all(UNREAD[0].1.as_bytes()).await.expect("the request can be sent");
    for _ in 0..4 {
        sleep(Duration::from_millis(60)).await;
        client.write_all(b"GET /idle HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("more can be sent");
    }
    assert!(heard.try_recv().is_err(), "the client is there");
    drop(client);
    timeout(LONG, heard.recv()).await.expect("the task is dropped").expect("it tells");
}
