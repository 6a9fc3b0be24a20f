//! Work that goes on once answers have been sent: all that has been handed over, and waiting until it is done.

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
    course: Course,
}

/// How far a piece of work has come.
enum Course {
    /// Its answer is on its way.
    Waits,
    #[cfg_attr(not(feature = "server"), allow(dead_code))]
    Runs(AbortHandle),
    /// It was cut off before it began.
    #[cfg_attr(not(feature = "server"), allow(dead_code))]
    IsCutOff,
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
    age: Duration,
}

impl Unfinished {
    /// Where it was handed over: the place of the call of [`After::run`](crate::After::run).
    pub fn at(&self) -> &'static Location<'static> {
        self.at
    }

    /// How long ago it was handed over.
    pub fn age(&self) -> Duration {
        self.age
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:.1} s)", self.at, self.age.as_secs_f32())
    }
}

impl Work {
    /// Counts a piece of work that is handed over: from now on it is waited for.
    pub(crate) fn hand_over(&self, task: Task) -> Counted {
        self.count(task.at, Some(task))
    }

    /// Counts a piece of work that is still to be known: from now on it is waited for.
    #[cfg(feature = "webhooks")]
    #[track_caller]
    pub(crate) fn expect(&self) -> Counted {
        self.count(Location::caller(), None)
    }

    fn count(&self, at: &'static Location<'static>, task: Option<Task>) -> Counted {
        let mut running = self.lock();
        let id = running.next;
        running.next += 1;
        running.tasks.insert(id, Entry { at, since: Instant::now(), course: Course::Waits });
        drop(running);
        Counted { work: self.clone(), id, task }
    }

    /// Waits until nothing runs or waits to be run.
    pub(crate) async fn finished(&self) {
        loop {
            let idle = self.0.idle.notified();
            if self.lock().tasks.is_empty() {
                return;
            }
            idle.await;
        }
    }

    /// What runs now or waits to be run, the oldest first.
    pub(crate) fn unfinished(&self) -> Vec<Unfinished> {
        let running = self.lock();
        running.tasks.values().map(|entry| Unfinished { at: entry.at, age: entry.since.elapsed() }).collect()
    }

    /// Ends what runs now, each at the next place where it waits; what waits to be run never is.
    #[cfg(feature = "server")]
    pub(crate) fn cut_off(&self) {
        let mut running = self.lock();
        let courses = running.tasks.values_mut().map(|entry| core::mem::replace(&mut entry.course, Course::IsCutOff));
        let courses: Vec<Course> = courses.collect();
        drop(running);
        for course in courses {
            if let Course::Runs(task) = course {
                task.abort();
            }
        }
    }

    /// Notes that a piece of work runs, unless it was cut off before it did.
    fn is_cut_off(&self, id: u64, task: AbortHandle) -> bool {
        match self.lock().tasks.get_mut(&id).map(|entry| &mut entry.course) {
            Some(Course::IsCutOff) => return true,
            Some(course) => *course = Course::Runs(task),
            // It has ended already.
            None => {}
        }
        false
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece of work while it is counted: until it has run, or cannot or need not be run.
pub(crate) struct Counted {
    work: Work,
    id: u64,
    task: Option<Task>,
}

impl Counted {
    /// Makes known what was expected, and runs it.
    #[cfg(feature = "webhooks")]
    pub(crate) fn run(mut self, task: Task, runtime: &Handle) {
        self.task = Some(task);
        self.start(runtime);
    }

    /// Runs it.
    pub(crate) fn start(mut self, runtime: &Handle) {
        let (work, id) = (self.work.clone(), self.id);
        let Some(task) = self.task.take() else { return };
        let is_cut_off = work.lock().tasks.get(&id).is_none_or(|entry| matches!(entry.course, Course::IsCutOff));
        if is_cut_off {
            return;
        }
        // Not under the lock: a runtime that ends drops it on the spot, and then it is uncounted.
        let spawned = runtime.spawn(async move {
            run(task).await;
            drop(self);
        });
        if work.is_cut_off(id, spawned.abort_handle()) {
            spawned.abort();
        }
    }
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
