//! Whether what other instances revalidate is heard, and in which runtime.

use core::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use std::{
    sync::{Arc, Mutex, MutexGuard, Weak},
    time::Instant,
};

use tokio::{runtime::Handle, sync::watch, task::AbortHandle, time::timeout};

use crate::cache::{CacheStore, Far, Listener};

/// Whether what other instances revalidate is heard, and in which runtime.
#[derive(Default)]
pub(super) struct Hearing {
    /// Whether everything is heard at this moment.
    hears: AtomicBool,
    /// Whether a store was told who listens, in a runtime that still is.
    listens: AtomicBool,
    ear: Mutex<Ear>,
    found: watch::Sender<()>,
}

#[derive(Default)]
struct Ear {
    /// How often it has begun to listen: what a listener of before says means nothing.
    number: u64,
    began: Option<Instant>,
    runtime: Option<Handle>,
    /// A store may hold it weakly.
    listener: Option<Arc<dyn Listener>>,
    guard: Option<AbortHandle>,
    /// Whether a computation has begun while nothing was heard.
    worked_deaf: bool,
}

impl Hearing {
    /// Begins to listen, within a runtime, unless it does.
    pub(super) fn begin(&self, far: &Weak<Far>, store: &dyn CacheStore, make: impl FnOnce(u64) -> Arc<dyn Listener>) {
        if self.listens.load(Ordering::Acquire) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let (listener, number) = {
            let mut ear = self.ear();
            if self.listens.swap(true, Ordering::AcqRel) {
                return;
            }
            let number = ear.number + 1;
            let listener = make(number);
            let listens = Some(Arc::clone(&listener));
            *ear = Ear {
                number,
                began: Some(Instant::now()),
                runtime: Some(runtime.clone()),
                listener: listens,
                guard: None,
                worked_deaf: ear.worked_deaf,
            };
            (listener, number)
        };
        store.listen(Arc::clone(&listener));
        // A runtime that ends drops it: whatever listened there ends as well.
        let guard = Guard { far: Weak::clone(far), listener, number };
        let guard = runtime.spawn(async move {
            let _guard = guard;
            core::future::pending::<()>().await;
        });
        self.ear().guard = Some(guard.abort_handle());
    }

    #[inline]
    pub(super) fn hears(&self) -> bool {
        self.hears.load(Ordering::Acquire)
    }

    /// Where it listens.
    pub(super) fn runtime(&self) -> Option<Handle> {
        self.ear().runtime.clone()
    }

    /// From now on everything is heard. `expire` ends what has been made while nothing was. Whether it is so.
    pub(super) fn found(&self, number: u64, expire: impl FnOnce()) -> bool {
        let mut ear = self.ear();
        if ear.number != number {
            return false;
        }
        // One that is found twice was lost in between, and has not said so.
        if core::mem::take(&mut ear.worked_deaf) || self.hears() {
            expire();
        }
        self.hears.store(true, Ordering::Release);
        drop(ear);
        self.found.send_replace(());
        true
    }

    /// From now on nothing is heard.
    pub(super) fn lost(&self, number: u64, expire: impl FnOnce()) {
        let ear = self.ear();
        if ear.number == number && self.hears.swap(false, Ordering::AcqRel) {
            expire();
        }
    }

    /// Waits a moment at the very beginning, until everything is heard: what is computed before is not kept for long.
    pub(super) async fn attend(&self, longest: Duration) {
        let mut found = self.found.subscribe();
        if self.hears() {
            return;
        }
        let listened = self.ear().began.map(|began| began.elapsed());
        let wait = listened.map_or(Duration::ZERO, |listened| AT_FIRST.saturating_sub(listened));
        drop(timeout(wait.min(longest), found.changed()).await);
        let mut ear = self.ear();
        ear.worked_deaf |= !self.hears();
    }

    fn ends(&self, number: u64) {
        let mut ear = self.ear();
        if ear.number == number {
            (ear.runtime, ear.listener, ear.guard) = (None, None, None);
            self.listens.store(false, Ordering::Release);
        }
    }

    fn ear(&self) -> MutexGuard<'_, Ear> {
        self.ear.lock().expect("nothing panics while it holds this lock")
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        if let Some(guard) = self.ear().guard.take() {
            guard.abort();
        }
    }
}

/// Notices the end of the runtime that it lives in.
struct Guard {
    far: Weak<Far>,
    listener: Arc<dyn Listener>,
    number: u64,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.listener.lost();
        if let Some(far) = self.far.upgrade() {
            far.hearing.ends(self.number);
        }
    }
}

/// How long after its beginning the first computations wait until everything is heard.
const AT_FIRST: Duration = Duration::from_millis(250);
