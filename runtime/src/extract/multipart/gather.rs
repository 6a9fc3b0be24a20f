//! Small chunks of a body, put together.

use core::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::body::{Body, BodyError};

/// A body in chunks of at least [`ENOUGH`] bytes, but for the last one. A clone is the same body.
///
/// Until the headers of a part are complete, the parser searches all that it holds of them anew
/// whenever it is polled: a client that sends them byte by byte would keep a processor busy for a
/// minute. So it is polled once, and then only when there is [`ENOUGH`] to go on with.
#[derive(Clone)]
pub(super) struct Gather(Arc<Mutex<Held>>);

struct Held {
    body: Body,
    bytes: BytesMut,
    /// How the body ended; the error is told once.
    end: Option<Result<(), BodyError>>,
}

impl Gather {
    pub(super) fn new(body: Body) -> Self {
        Gather(Arc::new(Mutex::new(Held { body, bytes: BytesMut::new(), end: None })))
    }

    /// Ready when there is enough to go on with.
    pub(super) fn poll_enough(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.held().poll_enough(cx)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn poll_enough(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.end.is_none() && self.bytes.len() < ENOUGH {
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(chunk)) if self.bytes.is_empty() => self.bytes = chunk.into(),
                Some(Ok(chunk)) => self.bytes.extend_from_slice(&chunk),
                Some(Err(error)) => self.end = Some(Err(error)),
                None => self.end = Some(Ok(())),
            }
        }
        Poll::Ready(())
    }
}

impl Stream for Gather {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut held = self.held();
        ready!(held.poll_enough(cx));
        if !held.bytes.is_empty() {
            return Poll::Ready(Some(Ok(held.bytes.split().freeze())));
        }
        match held.end.replace(Ok(())) {
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            _ => Poll::Ready(None),
        }
    }
}

impl fmt::Debug for Gather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gather")
    }
}

const ENOUGH: usize = 8 * 1024;

#[cfg(test)]
mod tests {
    use core::future::poll_fn;

    use super::*;

    struct Chunks(Vec<usize>);

    impl Stream for Chunks {
        type Item = Result<Vec<u8>, BodyError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready((!self.0.is_empty()).then(|| Ok(vec![b'x'; self.0.remove(0)])))
        }
    }

    #[tokio::test]
    async fn only_the_last_chunk_may_be_small() {
        for (sent, gathered) in [
            (vec![], vec![]),
            (vec![1], vec![1]),
            (vec![1; 9_000], vec![8_192, 808]),
            (vec![10_000, 20_000], vec![10_000, 20_000]),
            (vec![1, 10_000, 5], vec![10_001, 5]),
            (vec![8_192, 8_191, 1], vec![8_192, 8_192]),
        ] {
            let mut gather = Gather::new(Body::stream(Chunks(sent.clone())));
            let mut sizes = Vec::new();
            while let Some(chunk) = poll_fn(|cx| Pin::new(&mut gather).poll_next(cx)).await {
                sizes.push(chunk.expect("a chunk").len());
            }
            assert_eq!(sizes, gathered);
        }
    }
}
