//! What may go wrong with a handler whose answer others wait for: a panic, a body that breaks off.

use core::{
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll},
};
use std::panic::catch_unwind;

use crate::{body::Body, cache::Lost, error::panic_text, response::Response};

/// The answer with all of its body.
pub(super) async fn whole(response: Response, largest: u64) -> Result<Response, Lost> {
    let (parts, mut body) = response.into_parts();
    let mut bytes = bytes::BytesMut::new();
    while let Some(chunk) = body.chunk().await {
        match chunk {
            Ok(chunk) if (bytes.len() + chunk.len()) as u64 <= largest => bytes.extend_from_slice(&chunk),
            Ok(_) => {
                tracing::error!(largest, "the body of an answer is longer than it says");
                return Err(Lost::Broken);
            }
            Err(error) => {
                tracing::error!(%error, "the body of an answer broke off");
                return Err(Lost::Broken);
            }
        }
    }
    Ok(Response::from_parts(parts, Body::from(bytes.freeze())))
}

/// A handler's future whose panic is no more than a lost answer.
pub(super) struct Guarded(pub(super) Pin<Box<dyn Future<Output = Response> + Send>>);

impl Future for Guarded {
    type Output = Result<Response, Lost>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))) {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(broken(&*panic))),
        }
    }
}

pub(super) fn broken(panic: &(dyn core::any::Any + Send)) -> Lost {
    tracing::error!(panic = panic_text(panic), "a handler whose answer is kept panicked");
    Lost::Broken
}
