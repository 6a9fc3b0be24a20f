//! Work that goes on once answers have been sent: what of it runs, and waiting until it has ended.

mod later;

use core::{fmt, future::Future, panic::AssertUnwindSafe, pin::Pin, task::Poll, time::Duration};
use std::{
    collections::BTreeMap,
    panic::{Location, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use tokio::{runtime::Handle, sync::Notify, task::AbortHandle};

use crate::error::panic_text;

pub(crate) use later::{Later, UntilSent};

/// The work of an application that goes on once answers have been sent.
#[derive(Clone, Default)]
pub(crate) struct Work(Arc<Shared>);

#[derive(Default)]
struct Shared {
    running: Mutex<Running>,
    /// Told when nothing runs any more.
    idle: Notify,
}

#[derive(Default)]
struct Running {
    next: u64,
    tasks: BTreeMap<u64, Entry>,
}

struct Entry {
    at: &'static Location<'static>,
    since: Instant,
    /// None for the moment between its being counted and its start.
    task: Option<AbortHandle>,
}

/// A piece of work, and where it was handed over.
pub(crate) struct Task {
    pub(crate) at: &'static Location<'static>,
    pub(crate) future: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// A piece of work that had not ended when it was looked for.
#[derive(Debug, Clone, Copy)]
pub struct Unfinished {
    at: &'static Location<'static>,
    runs_for: Duration,
}

impl Unfinished {
    /// Where it was handed over: the place of the call of [`After::run`](crate::After::run).
    pub fn at(&self) -> &'static Location<'static> {
        self.at
    }

    /// How long it had run.
    pub fn runs_for(&self) -> Duration {
        self.runs_for
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:.1} s)", self.at, self.runs_for.as_secs_f32())
    }
}

impl Work {
    /// Starts a piece of work.
    pub(crate) fn start(&self, runtime: &Handle, task: Task) {
        let at = task.at;
        // It is counted before it is spawned: a runtime that ends drops it on the spot, and then it is uncounted.
        let counted = self.count(at);
        let id = counted.id;
        let spawned = runtime.spawn(async move {
            run(task).await;
            drop(counted);
        });
        if let Some(entry) = self.lock().tasks.get_mut(&id) {
            entry.task = Some(spawned.abort_handle());
        }
    }

    /// Waits until nothing runs.
    pub(crate) async fn finished(&self) {
        loop {
            let idle = self.0.idle.notified();
            if self.lock().tasks.is_empty() {
                return;
            }
            idle.await;
        }
    }

    /// What runs now, the oldest first.
    pub(crate) fn unfinished(&self) -> Vec<Unfinished> {
        let running = self.lock();
        running.tasks.values().map(|entry| Unfinished { at: entry.at, runs_for: entry.since.elapsed() }).collect()
    }

    #[cfg(feature = "server")]
    /// Ends what runs now, each at the next place where it waits.
    pub(crate) fn cut_off(&self) {
        let tasks: Vec<AbortHandle> = self.lock().tasks.values().filter_map(|entry| entry.task.clone()).collect();
        tasks.iter().for_each(AbortHandle::abort);
    }

    fn count(&self, at: &'static Location<'static>) -> Counted {
        let mut running = self.lock();
        let id = running.next;
        running.next += 1;
        running.tasks.insert(id, Entry { at, since: Instant::now(), task: None });
        Counted { work: self.clone(), id }
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece of work while it is counted.
struct Counted {
    work: Work,
    id: u64,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut running = self.work.lock();
        let ended = running.tasks.remove(&self.id);
        let is_idle = running.tasks.is_empty();
        drop(running);
        drop(ended);
        if is_idle {
            self.work.0.idle.notify_waiters();
        }
    }
}

/// Runs a piece of work; a panic ends it and nothing else.
async fn run(task: Task) {
    let Task { at, mut future } = task;
    core::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll,
        Err(panic) => {
            tracing::error!(panic = panic_text(&*panic), %at, "work after an answer panicked");
            Poll::Ready(())
        }
    })
    .await;
    // What the future holds may panic as well when it is dropped.
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(future))) {
        tracing::error!(panic = panic_text(&*panic), %at, "work after an answer panicked");
    }
}
