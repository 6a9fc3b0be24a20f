//! What lies between those who send events and the body that sends them on: a few bytes, and who waits for what.

use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

use crate::sse::{Event, SseError};

/// What a body takes at once, and how much may wait for it: an event is taken in while there is less.
pub(super) const LIMIT: usize = 16 * 1024;

/// What lies between the senders of events and their one reader.
#[derive(Debug, Default)]
pub(super) struct Pipe {
    state: Mutex<State>,
    /// Told when there is room again, and when the reader has gone.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    buffer: Vec<u8>,
    senders: usize,
    is_gone: bool,
    reader: Option<Waker>,
}

impl Pipe {
    /// Takes an event in, once there is room.
    pub(super) async fn put(&self, event: &Event) -> Result<(), SseError> {
        if self.try_put(event)? {
            return Ok(());
        }
        loop {
            // Made before looking, so that what changes in between is not missed.
            let changed = self.changed.notified();
            if self.try_put(event)? {
                return Ok(());
            }
            changed.await;
        }
    }

    /// Whether there was room.
    fn try_put(&self, event: &Event) -> Result<bool, SseError> {
        let mut state = self.lock();
        if state.is_gone {
            return Err(SseError::Gone);
        }
        if state.buffer.len() >= LIMIT {
            return Ok(false);
        }
        event.write(&mut state.buffer);
        let reader = state.reader.take();
        drop(state);
        wake(reader);
        Ok(true)
    }

    /// Waits until the reader has gone.
    pub(super) async fn gone(&self) {
        loop {
            let changed = self.changed.notified();
            if self.is_gone() {
                return;
            }
            changed.await;
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.lock().is_gone
    }

    pub(super) fn add_sender(&self) {
        self.lock().senders += 1;
    }

    pub(super) fn remove_sender(&self) {
        let mut state = self.lock();
        state.senders -= 1;
        let reader = if state.senders == 0 { state.reader.take() } else { None };
        drop(state);
        wake(reader);
    }

    /// All that has been put in; `None` once there are no senders. Nobody is woken after that.
    fn poll_take(&self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut state = self.lock();
        if !state.buffer.is_empty() {
            let bytes = core::mem::take(&mut state.buffer);
            drop(state);
            self.changed.notify_waiters();
            return Poll::Ready(Some(bytes.into()));
        }
        if state.senders == 0 {
            return Poll::Ready(None);
        }
        let before = state.reader.replace(cx.waker().clone());
        drop(state);
        drop(before);
        Poll::Pending
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The one end that takes out. Once it is dropped, nothing can be put in.
#[derive(Debug)]
pub(super) struct Reader(Arc<Pipe>);

impl Reader {
    pub(super) fn new(pipe: Arc<Pipe>) -> Self {
        Reader(pipe)
    }

    /// It runs, and takes next: whoever sends until then has no need to wake it.
    pub(super) fn runs(&self) {
        let waker = self.0.lock().reader.take();
        drop(waker);
    }

    /// All that has been put in; `None` once there are no senders. Nobody is woken after that.
    pub(super) fn poll_take(&self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        self.0.poll_take(cx)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_gone = true;
        let (buffer, reader) = (core::mem::take(&mut state.buffer), state.reader.take());
        drop(state);
        self.0.changed.notify_waiters();
        drop((buffer, reader));
    }
}

/// A waker may do anything, so it is called outside of the lock.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
