//! Where the events of one client come from: a task that sends them, or a stream.

use core::{
    any::Any,
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll},
};
use std::{panic::catch_unwind, sync::Arc};

use bytes::Bytes;
use futures_core::Stream;

use crate::{
    body::BodyError,
    error::{BoxError, Error, Result},
    sse::{
        Event, Events, IntoEvent, SseError,
        pipe::{LIMIT, Pipe, Reader},
    },
};

/// Where the events of one client come from.
pub(super) trait Source: Send {
    /// The events that are ready, written together; `None` at the end. It is not polled after that, nor after an error.
    fn poll_bytes(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>>;
}

pin_project_lite::pin_project! {
    /// A task that sends events, and runs only while the body is polled: it is dropped with it.
    pub(super) struct Task<F> {
        // Dropped first: what the task leaves behind sees that the client has left.
        reader: Reader,
        #[pin]
        future: Option<F>,
        failed: Option<BoxError>,
    }
}

impl<F: Future<Output = Result<()>>> Task<F> {
    pub(super) fn new(start: impl FnOnce(Events) -> F) -> Self {
        let pipe = Arc::new(Pipe::default());
        let future = start(Events::new(Arc::clone(&pipe)));
        Task { reader: Reader::new(pipe), future: Some(future), failed: None }
    }
}

impl<F: Future<Output = Result<()>> + Send> Source for Task<F> {
    fn poll_bytes(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        let mut this = self.project();
        this.reader.runs();
        if let Some(future) = this.future.as_mut().as_pin_mut() {
            match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
                Ok(Poll::Pending) => {}
                Ok(Poll::Ready(result)) => {
                    this.future.set(None);
                    *this.failed = result.err().map(Error::into_inner).filter(|error| !SseError::is_gone(error));
                }
                Err(panic) => {
                    *this.failed = Some(panicked(&*panic));
                    this.future.set(None);
                }
            }
        }
        match this.reader.poll_take(cx) {
            Poll::Ready(Some(bytes)) => Poll::Ready(Some(Ok(bytes))),
            // What it sent before it failed comes first.
            _ if this.failed.is_some() => Poll::Ready(this.failed.take().map(Err)),
            // It works on without its `Events`, and has yet to say how it ends. It wakes the body itself.
            Poll::Ready(None) if this.future.is_some() => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// A panic is one more failure: what was sent before it comes first.
fn panicked(panic: &(dyn Any + Send)) -> BoxError {
    BodyError::from_panic(panic).into()
}

pin_project_lite::pin_project! {
    /// A stream of events.
    pub(super) struct Items<S> {
        #[pin]
        stream: S,
        end: Option<End>,
    }
}

/// How a stream has ended: for the next poll, when there was something to send first.
type End = Result<(), BoxError>;

impl<S> Items<S> {
    pub(super) fn new(stream: S) -> Self {
        Items { stream, end: None }
    }
}

impl<S> Source for Items<S>
where
    S: Stream<Item: IntoEvent> + Send,
{
    fn poll_bytes(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        let mut this = self.project();
        let mut gathered = Gathered::default();
        while this.end.is_none() && gathered.len() < LIMIT {
            let polled = catch_unwind(AssertUnwindSafe(|| this.stream.as_mut().poll_next(cx)));
            let Ok(polled) = polled.map_err(|panic| *this.end = Some(Err(panicked(&*panic)))) else { break };
            match polled {
                Poll::Pending if gathered.len() == 0 => return Poll::Pending,
                Poll::Pending => break,
                Poll::Ready(None) => *this.end = Some(Ok(())),
                Poll::Ready(Some(item)) => match sendable(item) {
                    Ok(event) => gathered.add(&event),
                    Err(error) => *this.end = Some(Err(error)),
                },
            }
        }
        if let Some(bytes) = gathered.into_bytes() {
            return Poll::Ready(Some(Ok(bytes)));
        }
        match this.end {
            // To be told once.
            Some(end) => Poll::Ready(core::mem::replace(end, Ok(())).err().map(Err)),
            None => Poll::Pending,
        }
    }
}

fn sendable(item: impl IntoEvent) -> Result<Event, BoxError> {
    let event = item.into_event()?;
    event.fault().map_or(Ok(event), |fault| Err(fault.into()))
}

/// The bytes of one event, which may be shared with other clients, or of several together.
#[derive(Default)]
struct Gathered {
    first: Option<Bytes>,
    all: Vec<u8>,
}

impl Gathered {
    fn add(&mut self, event: &Event) {
        match self.first.take() {
            None if self.all.is_empty() => self.first = Some(event.to_bytes()),
            first => {
                self.all.extend_from_slice(&first.unwrap_or_default());
                event.write(&mut self.all);
            }
        }
    }

    fn len(&self) -> usize {
        self.first.as_ref().map_or(self.all.len(), Bytes::len)
    }

    fn into_bytes(self) -> Option<Bytes> {
        self.first.or_else(|| (!self.all.is_empty()).then(|| self.all.into()))
    }
}
