//! Work that waits until one answer has been sent.

use core::{
    mem::take,
    sync::atomic::{AtomicBool, Ordering},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use tokio::runtime::Handle;

use crate::work::{Counted, Task, Work};

/// Work that waits until one answer has been sent, or cannot be sent any more; and what wants to know the answer.
pub(crate) struct Later {
    work: Work,
    /// The pattern of the route that was asked.
    #[cfg_attr(not(feature = "webhooks"), allow(dead_code))]
    route: &'static str,
    waits: Mutex<Waits>,
    heirs: Mutex<Vec<Heir>>,
    /// Whether the handler may hand over work.
    is_awaited: AtomicBool,
    /// Where the request is answered: an answer may be dropped anywhere.
    runtime: Option<Handle>,
}

/// What is told the status of the answer, or that there is none: the handler was cut off.
type Heir = Box<dyn FnOnce(Option<StatusCode>) + Send>;

enum Waits {
    /// The answer is on its way, or is being made.
    Until(Vec<Counted>),
    /// It has been sent.
    Sent,
}

impl Later {
    /// For a request whose answer is still to come.
    pub(crate) fn until_sent(work: &Work, route: &'static str) -> (Arc<Later>, UntilSent) {
        let later = Arc::new(Later::new(work, route, Waits::Until(Vec::new())));
        (Arc::clone(&later), UntilSent(later))
    }

    /// For no request: there is nothing to wait for.
    pub(crate) fn at_once(work: &Work) -> Later {
        Later::new(work, "", Waits::Sent)
    }

    fn new(work: &Work, route: &'static str, waits: Waits) -> Later {
        Later {
            work: work.clone(),
            route,
            waits: Mutex::new(waits),
            heirs: Mutex::default(),
            is_awaited: AtomicBool::new(false),
            runtime: Handle::try_current().ok(),
        }
    }

    /// The pattern of the route that was asked: the same at each of its paths.
    #[cfg(feature = "webhooks")]
    pub(crate) fn route(&self) -> &'static str {
        self.route
    }

    /// Says that the handler may hand over work: its answer is followed until it has been sent.
    pub(crate) fn await_it(&self) {
        self.is_awaited.store(true, Ordering::Relaxed);
    }

    /// Tells this the status of the answer as soon as the handler has made it; or nothing, when the handler was cut
    /// off by its client.
    #[cfg(feature = "webhooks")]
    pub(crate) fn on_answer(&self, heir: impl FnOnce(Option<StatusCode>) + Send + 'static) {
        self.heirs.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(heir));
    }

    fn answered(&self, status: Option<StatusCode>) {
        let heirs = take(&mut *self.heirs.lock().unwrap_or_else(PoisonError::into_inner));
        for heir in heirs {
            heir(status);
        }
    }

    /// Starts a piece of work once the answer has been sent, or now when it has.
    pub(crate) fn add(&self, task: Task) {
        // It is counted before it can run: whoever ends the application waits for what waits here, too.
        let task = self.work.hand_over(task);
        match &mut *self.lock() {
            Waits::Until(tasks) => return tasks.push(task),
            Waits::Sent => {}
        }
        self.start(task);
    }

    fn release(&self) {
        let waited = core::mem::replace(&mut *self.lock(), Waits::Sent);
        let Waits::Until(tasks) = waited else { return };
        for task in tasks {
            self.start(task);
        }
    }

    fn start(&self, task: Counted) {
        let runtime = Handle::try_current().ok().or_else(|| self.runtime.clone());
        let Some(runtime) = runtime else {
            tracing::error!("work after an answer needs a Tokio runtime: it is not done");
            return;
        };
        task.start(&runtime);
    }

    fn lock(&self) -> MutexGuard<'_, Waits> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What goes along with an answer: work that waits for it begins when this is dropped.
pub(crate) struct UntilSent(Arc<Later>);

impl UntilSent {
    /// Whether anybody may want to know that the answer has been sent.
    pub(crate) fn is_awaited(&self) -> bool {
        self.0.is_awaited.load(Ordering::Relaxed)
    }

    /// The handler has answered.
    pub(crate) fn answered(&self, status: StatusCode) {
        self.0.answered(Some(status));
    }
}

impl Drop for UntilSent {
    fn drop(&mut self) {
        self.0.answered(None);
        self.0.release();
    }
}
