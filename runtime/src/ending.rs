//! The end of an application: what streams without an end of their own wait for.

use core::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};
use std::sync::Arc;

use tokio::sync::{Notify, futures::OwnedNotified};

/// The end of an application, which begins once and is seen by everything that streams.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ending(Arc<State>);

#[derive(Debug, Default)]
struct State {
    has_begun: AtomicBool,
    begun: Arc<Notify>,
}

impl Ending {
    /// Begins it.
    pub(crate) fn begin(&self) {
        self.0.has_begun.store(true, Ordering::Release);
        self.0.begun.notify_waiters();
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.0.has_begun.load(Ordering::Acquire)
    }

    /// Waits for it.
    // Compiled without both all the same: a type, its future and its tests behind a condition each would say no more.
    #[cfg_attr(not(any(feature = "server", feature = "sse")), allow(dead_code))]
    pub(crate) fn wait(&self) -> Wait {
        Wait { begun: Arc::clone(&self.0.begun).notified_owned(), ending: self.clone() }
    }
}

pin_project_lite::pin_project! {
    /// What waits for the end of an application.
    #[derive(Debug)]
    pub(crate) struct Wait {
        #[pin]
        begun: OwnedNotified,
        ending: Ending,
    }
}

impl Wait {
    #[cfg(feature = "sse")]
    pub(crate) fn has_begun(&self) -> bool {
        self.ending.has_begun()
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        // Told to those who wait by then: so it is waited first and looked at afterwards.
        if this.begun.poll(cx).is_ready() || this.ending.has_begun() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use core::{pin::pin, task::Waker};

    use super::*;

    #[test]
    fn those_who_come_before_and_after_see_it() {
        let mut cx = Context::from_waker(Waker::noop());
        let ending = Ending::default();
        let mut before = pin!(ending.wait());
        assert!(before.as_mut().poll(&mut cx).is_pending());
        let mut unpolled = pin!(ending.wait());
        ending.begin();
        assert!(ending.has_begun());
        assert!(before.as_mut().poll(&mut cx).is_ready());
        assert!(unpolled.as_mut().poll(&mut cx).is_ready());
        assert!(pin!(ending.wait()).as_mut().poll(&mut cx).is_ready());
    }
}
