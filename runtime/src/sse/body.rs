//! The body of an answer that is a stream of events.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::{
    ending::Wait,
    error::{BoxError, Error},
    sse::source::Source,
};

pin_project_lite::pin_project! {
    /// The events of a source, with a comment where it is silent for long, until the application ends.
    pub(super) struct SseBody {
        source: Option<Pin<Box<dyn Source>>>,
        // What is sent before the first event.
        opening: Option<Bytes>,
        failed: Option<BoxError>,
        #[pin]
        silence: Silence,
        #[pin]
        ended: Option<Wait>,
    }
}

impl SseBody {
    pub(super) fn new(
        source: Pin<Box<dyn Source>>,
        opening: Option<Bytes>,
        keep_alive: Duration,
        ended: Option<Wait>,
    ) -> Self {
        SseBody { source: Some(source), opening, failed: None, silence: Silence::new(keep_alive), ended }
    }
}

impl http_body::Body for SseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.project();
        if let Some(error) = this.failed.take() {
            return Poll::Ready(Some(Err(error)));
        }
        let Some(source) = this.source else { return Poll::Ready(None) };
        if let Some(opening) = this.opening.take() {
            return Poll::Ready(Some(Ok(Frame::data(opening))));
        }
        match source.as_mut().poll_bytes(cx) {
            Poll::Ready(Some(Ok(bytes))) => {
                this.silence.broken();
                // A source that is always ready ends here, one that waits below.
                if this.ended.as_pin_mut().is_some_and(|ended| ended.has_begun()) {
                    *this.source = None;
                }
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Poll::Ready(None) => {
                *this.source = None;
                Poll::Ready(None)
            }
            Poll::Ready(Some(Err(error))) => {
                let error = Error::new(error);
                tracing::error!(%error, "a stream of events failed: its connection is cut");
                *this.source = None;
                *this.failed = Some(error.into_inner());
                // hyper throws away what it has not written yet when a body fails, and writes when it is pending.
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Poll::Pending => {
                if this.ended.as_pin_mut().is_some_and(|ended| ended.poll(cx).is_ready()) {
                    *this.source = None;
                    return Poll::Ready(None);
                }
                this.silence.poll_long(cx).map(|()| Some(Ok(Frame::data(KEEP_ALIVE))))
            }
        }
    }
}

/// A comment without text.
const KEEP_ALIVE: Bytes = Bytes::from_static(b":\n\n");

pin_project_lite::pin_project! {
    /// How long nothing has been sent.
    struct Silence {
        longest: Duration,
        since: Instant,
        // Set once there is something to wait for.
        #[pin]
        timer: Option<Sleep>,
    }
}

impl Silence {
    fn new(longest: Duration) -> Self {
        Silence { longest: longest.min(YEAR), since: Instant::now(), timer: None }
    }

    /// Something is sent. The timer is left as it is: it is moved when it rings, so that an event costs nothing there.
    fn broken(self: Pin<&mut Self>) {
        *self.project().since = Instant::now();
    }

    /// Whether it has lasted for so long that something is due.
    fn poll_long(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        if this.longest.is_zero() {
            return Poll::Pending;
        }
        loop {
            let due = *this.since + *this.longest;
            let Some(mut timer) = this.timer.as_mut().as_pin_mut() else {
                this.timer.set(Some(sleep_until(due)));
                continue;
            };
            ready!(timer.as_mut().poll(cx));
            let now = Instant::now();
            if now >= due {
                *this.since = now;
                return Poll::Ready(());
            }
            timer.reset(due);
        }
    }
}

/// Longer than any connection, and short enough to be added to any instant.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
