//! How much is kept, and where.

use core::time::Duration;
use std::sync::Arc;

use crate::{
    cache::{CacheStore, memory::LARGEST},
    time::Clock,
};

/// How much is kept, and where: what [`Routes::caching`](crate::Routes::caching) takes.
///
/// ```
/// use core::time::Duration;
/// use rutter::{Caching, prelude::*};
/// # #[route(GET, "/")]
/// # fn home() {}
///
/// let caching = Caching::default().bytes(256 * 1024 * 1024).longest(Duration::from_secs(10));
/// let app = rutter::routes![home].caching(caching).build()?;
/// # let _ = app;
/// # Ok::<(), rutter::BuildError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "settings have no effect before `Routes::caching`"]
pub struct Caching {
    pub(crate) on: bool,
    pub(crate) bytes: u64,
    pub(crate) largest: u64,
    pub(crate) longest: Duration,
    pub(crate) patience: Duration,
    pub(crate) store: Option<Arc<dyn CacheStore>>,
    pub(crate) clock: Clock,
}

impl Caching {
    /// Keeps nothing: every request runs its handler.
    pub fn off() -> Self {
        Caching { on: false, ..Caching::default() }
    }

    /// The most bytes of answers in memory, headers and keys included: 64 MiB. The one answer of a route whose key
    /// has nothing in it is not counted.
    pub fn bytes(mut self, most: u64) -> Self {
        self.bytes = most;
        self
    }

    /// The most bytes of a body that is kept: 1 MiB.
    pub fn largest(mut self, most: u64) -> Self {
        self.largest = most;
        self
    }

    /// The longest that a handler whose answer is kept may run where neither its route nor the application limits it:
    /// 30 s. Others wait for it, so it cannot take for ever; after that the answer is a 503.
    pub fn longest(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// Shares what is kept with other instances, through a store such as `Redis`.
    pub fn store(mut self, store: impl CacheStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// The longest that one call of the store may take before the handler is run instead: 500 ms.
    pub fn patience(mut self, longest: Duration) -> Self {
        self.patience = longest;
        self
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    pub(crate) fn has_store(&self) -> bool {
        self.store.is_some()
    }

    /// Where the time comes from: the system, unless a test sets it.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

impl Default for Caching {
    fn default() -> Self {
        Caching {
            on: true,
            bytes: 64 * 1024 * 1024,
            largest: LARGEST,
            longest: Duration::from_secs(30),
            patience: Duration::from_millis(500),
            store: None,
            clock: Clock::system(),
        }
    }
}
