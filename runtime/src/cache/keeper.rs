//! Everything that keeps the answers of one application.

use core::{fmt, time::Duration};
use std::sync::{Arc, Weak};

use crate::{
    cache::{Caching, Label, Listener, Memory, Mode, far::Far, flights::Flights},
    time::Clock,
};

/// Everything that keeps the answers of one application.
pub(crate) struct Keeper {
    pub(crate) memory: Memory,
    pub(crate) flights: Arc<Flights>,
    far: Option<Arc<Far>>,
    pub(crate) clock: Clock,
    /// The most bytes of a body that is kept.
    pub(crate) largest: u64,
    /// The longest that a handler without a time limit of its own may hold up those who wait for it.
    pub(crate) longest: Duration,
}

impl Keeper {
    pub(crate) fn new(caching: Caching) -> Self {
        let Caching { bytes, largest, longest, patience, store, clock, .. } = caching;
        Keeper {
            memory: Memory::with_largest(bytes, largest),
            flights: Arc::default(),
            far: store.map(|store| Arc::new(Far::new(store, patience, clock.clone()))),
            clock,
            largest,
            longest,
        }
    }

    /// The store beyond this process, which begins to be listened to.
    pub(crate) fn far(self: &Arc<Self>) -> Option<&Arc<Far>> {
        let far = self.far.as_ref()?;
        far.listen(|| Arc::new(Ears(Arc::downgrade(self))));
        Some(far)
    }

    /// Whether what is in memory may be served: nobody else can have revalidated it without being heard.
    #[inline]
    pub(crate) fn trusts_memory(&self) -> bool {
        self.far.as_ref().is_none_or(|far| far.hears())
    }

    /// Expires a label or marks it stale: here at once, and soon wherever else the store is asked.
    pub(crate) fn revalidate(self: &Arc<Self>, label: &Label, mode: Mode) {
        self.memory.labels().revalidate(label, mode);
        if let Some(far) = self.far() {
            far.revalidate(label, mode);
        }
    }

    /// Whether there is something that other instances have not been told of.
    pub(crate) fn is_behind(&self) -> bool {
        self.far.as_ref().is_some_and(|far| far.is_behind())
    }

    /// Waits, for a bounded time, until every instance knows what has been revalidated.
    pub(crate) async fn settled(&self) {
        if let Some(far) = self.far.as_ref().filter(|far| far.is_behind()) {
            far.settled().await;
        }
    }

    pub(crate) fn stats(&self) -> CacheStats {
        CacheStats {
            entries: self.memory.len(),
            bytes: self.memory.bytes(),
            under_way: self.flights.len(),
            store_errors: self.far.as_ref().map_or(0, |far| far.errors()),
        }
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("memory", &self.memory).field("far", &self.far).finish_non_exhaustive()
    }
}

/// What a cache has and does, for people and for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheStats {
    /// How many answers are in memory; those of routes that have only one are not counted.
    pub entries: usize,
    /// How many bytes they take, more or less.
    pub bytes: u64,
    /// How many handlers run for a kept answer at this moment.
    pub under_way: usize,
    /// How many calls of the store have failed or took too long since the start.
    pub store_errors: u64,
}

/// Hears what other instances revalidate.
struct Ears(Weak<Keeper>);

impl Listener for Ears {
    fn revalidated(&self, labels: &[Label], mode: Mode) {
        let Some(keeper) = self.0.upgrade() else { return };
        for label in labels {
            keeper.memory.labels().revalidate(label, mode);
        }
    }

    fn lost(&self) {
        if let Some(far) = self.0.upgrade().and_then(|keeper| keeper.far.clone()) {
            far.lost();
        }
    }

    fn found(&self) {
        let Some(keeper) = self.0.upgrade() else { return };
        // Nobody knows what was revalidated meanwhile.
        keeper.memory.labels().revalidate(&Label::all(), Mode::Expire);
        if let Some(far) = &keeper.far {
            far.found();
        }
    }
}
