//! Text that compresses badly: it comes whole, and others have their turn meanwhile.

use core::{
    future::poll_fn,
    sync::atomic::{AtomicUsize, Ordering},
    task::Poll,
};
use std::sync::Arc;

use rutter::{BoxError, Bytes, prelude::*};

use crate::{compressing, get, noise};

/// How many chunks were made since another task had its turn.
#[derive(Default)]
struct Turns {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Turns {
    fn count(&self) {
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(now, Ordering::Relaxed);
    }

    /// Another task, which takes every turn that it is given.
    async fn take(self: Arc<Self>) {
        poll_fn(|cx| {
            self.now.store(0, Ordering::Relaxed);
            cx.waker().wake_by_ref();
            Poll::<()>::Pending
        })
        .await;
    }
}

const CHUNK: usize = 8 * 1024;
const LEN: usize = 128 * CHUNK;

#[route(GET, "/streamed", dynamic, register = false)]
fn streamed(turns: State<Arc<Turns>>) -> impl IntoResponse {
    let (turns, mut rest) = (Arc::clone(&turns), Bytes::from(noise(LEN)));
    let chunks = futures_util::stream::poll_fn(move |_| {
        turns.count();
        let chunk = (!rest.is_empty()).then(|| Ok::<_, BoxError>(rest.split_to(CHUNK)));
        Poll::Ready(chunk)
    });
    ([("content-type", "text/plain")], Body::stream(chunks))
}

#[route(GET, "/whole", dynamic, register = false)]
fn whole() -> impl IntoResponse {
    ([("content-type", "text/plain")], noise(LEN))
}

#[tokio::test]
async fn a_stream_gives_others_their_turn() {
    for encoding in ["br", "zstd", "gzip"] {
        let turns = Arc::new(Turns::default());
        let server = compressing(rutter::routes![streamed].state(Arc::clone(&turns))).await;
        let other = tokio::spawn(Arc::clone(&turns).take());
        let answer = get(&server, "/streamed", encoding).await;
        other.abort();
        assert_eq!(answer.encoding(), Some(encoding));
        assert!(crate::decoded(Some(encoding), &answer.body) == noise(LEN), "{encoding}");
        // Hyper asks twice before it gives way: as many as 128 KiB, and one look that finds the end.
        let most = turns.most.load(Ordering::Relaxed);
        assert!(most <= 17, "{encoding}: {most} chunks between two turns");
    }
}

#[tokio::test]
async fn what_is_there_as_a_whole_comes_whole() {
    let server = compressing(rutter::routes![whole]).await;
    for encoding in ["br", "zstd", "gzip"] {
        let answer = get(&server, "/whole", encoding).await;
        assert_eq!((answer.encoding(), answer.header("content-length")), (Some(encoding), None));
        assert!(crate::decoded(Some(encoding), &answer.body) == noise(LEN), "{encoding}");
    }
}
