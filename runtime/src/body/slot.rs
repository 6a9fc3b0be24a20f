//! A request's body on its way to the one extractor that takes it.

use core::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::{
    body::{Body, BodyError},
    error::BoxError,
};

/// A request's body on its way to the one extractor that takes it, with the route's limits.
#[derive(Debug)]
pub struct BodySlot {
    body: Option<Body>,
    limit: u64,
    idle: Duration,
}

impl BodySlot {
    /// Holds `body` to `limit` bytes and to one byte every `idle`.
    pub fn new(body: Body, limit: u64, idle: Duration) -> Self {
        BodySlot { body: Some(body), limit, idle }
    }

    /// Holds the body to another limit.
    pub(crate) fn limit_to(&mut self, bytes: u64) {
        self.limit = bytes;
    }

    /// The most bytes that the route takes.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Whether the request has no body: nothing was sent, or it has been taken.
    pub fn is_empty(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_empty)
    }

    /// Whether only the end of the body tells how long it is.
    #[inline]
    pub(crate) fn is_of_unknown_length(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.len().is_none())
    }

    /// Takes the body as a stream that ends with an error at the limit, and when the client
    /// stops sending.
    ///
    /// # Errors
    /// [`BodyError::Taken`] the second time, [`BodyError::TooLarge`] when the length that the
    /// client declared is over the limit.
    pub fn take(&mut self) -> Result<Body, BodyError> {
        let body = self.open()?;
        if body.is_empty() {
            return Ok(body);
        }
        Ok(Body::new(Guarded { body, limit: self.limit, left: self.limit, idle: self.idle, timer: None }))
    }

    /// Reads the body to its end. A body that came in one piece is not copied.
    ///
    /// # Errors
    /// As for [`BodySlot::take`], and when the client breaks off or stops sending.
    pub async fn bytes(&mut self) -> Result<Bytes, BodyError> {
        let mut body = self.open()?;
        let (limit, idle) = (self.limit, self.idle);
        let Some(first) = next(&mut body, idle).await.transpose()? else { return Ok(Bytes::new()) };
        if first.len() as u64 > limit {
            return Err(BodyError::TooLarge { limit });
        }
        if body.is_empty() {
            return Ok(first);
        }
        let mut whole = BytesMut::from(first);
        while let Some(chunk) = next(&mut body, idle).await.transpose()? {
            if (whole.len() + chunk.len()) as u64 > limit {
                return Err(BodyError::TooLarge { limit });
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    fn open(&mut self) -> Result<Body, BodyError> {
        let body = self.body.take().ok_or(BodyError::Taken)?;
        if body.size_hint().lower() > self.limit {
            return Err(BodyError::TooLarge { limit: self.limit });
        }
        Ok(body)
    }
}

/// A stream that counts what it lets through and watches the time between two chunks.
struct Guarded {
    body: Body,
    limit: u64,
    left: u64,
    idle: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Guarded {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        let frame = ready!(poll_in_time(&mut this.body, this.idle, &mut this.timer, cx));
        let Some(Ok(frame)) = frame else { return Poll::Ready(frame.map(|frame| frame.map_err(Into::into))) };
        let size = frame.data_ref().map_or(0, Bytes::len) as u64;
        let Some(left) = this.left.checked_sub(size) else {
            this.body = Body::empty();
            return Poll::Ready(Some(Err(BodyError::TooLarge { limit: this.limit }.into())));
        };
        this.left = left;
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The next chunk of data; trailers are skipped.
async fn next(body: &mut Body, idle: Duration) -> Option<Result<Bytes, BodyError>> {
    let mut timer = None;
    loop {
        let frame = poll_fn(|cx| poll_in_time(body, idle, &mut timer, cx)).await?;
        match frame.map(Frame::into_data) {
            Err(error) => return Some(Err(error)),
            Ok(Ok(data)) => return Some(Ok(data)),
            Ok(Err(_trailers)) => {}
        }
    }
}

/// Polls for a frame; the timer is made only once the client keeps us waiting.
fn poll_in_time(
    body: &mut Body,
    idle: Duration,
    timer: &mut Option<Pin<Box<Sleep>>>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
    if let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) {
        *timer = None;
        return Poll::Ready(frame);
    }
    let timer = timer.get_or_insert_with(|| Box::pin(sleep(idle)));
    ready!(timer.as_mut().poll(cx));
    *body = Body::empty();
    Poll::Ready(Some(Err(BodyError::Idle { after: idle })))
}
