//! Everything that keeps the answers of one application.

use core::{fmt, time::Duration};
use std::sync::{Arc, Weak};

#[cfg(feature = "compression")]
use crate::compression::Compression;
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
    /// How answers are compressed; `None` where they are not.
    #[cfg(feature = "compression")]
    pub(crate) compression: Option<Compression>,
}

impl Keeper {
    pub(crate) fn new(caching: Caching) -> Self {
        let Caching { bytes, largest, longest, patience, store, clock, .. } = caching;
        Keeper {
            memory: Memory::with_largest(bytes, largest),
            flights: Arc::default(),
            far: store.map(|store| Far::new(store, patience, clock.clone())),
            clock,
            largest,
            longest,
            #[cfg(feature = "compression")]
            compression: None,
        }
    }

    /// The same, for an application that compresses its answers.
    #[cfg(feature = "compression")]
    pub(crate) fn compressing(self, compression: Option<Compression>) -> Self {
        Keeper { compression, ..self }
    }

    /// The store beyond this process, which begins to be listened to.
    pub(crate) fn far(self: &Arc<Self>) -> Option<&Arc<Far>> {
        let far = self.far.as_ref()?;
        far.listen(|number| Arc::new(Ears { keeper: Arc::downgrade(self), number }));
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

    /// What somebody else has revalidated is here as well.
    fn hear(&self, labels: &[Label], mode: Mode) {
        for label in labels {
            self.memory.labels().revalidate(label, mode);
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
struct Ears {
    keeper: Weak<Keeper>,
    /// Which of those that have listened: a runtime may end, and its listener with it.
    number: u64,
}

impl Ears {
    fn tell(&self, act: impl FnOnce(&Keeper, &Far)) {
        if let Some(keeper) = self.keeper.upgrade()
            && let Some(far) = &keeper.far
        {
            act(&keeper, far);
        }
    }
}

impl Listener for Ears {
    fn revalidated(&self, labels: &[Label], mode: Mode) {
        self.tell(|keeper, far| {
            keeper.hear(labels, mode);
            far.heard(labels);
        });
    }

    fn unwritten(&self, labels: &[Label], mode: Mode) {
        self.tell(|keeper, far| {
            // First: whoever finds nothing in memory asks the store.
            far.heard_unwritten(labels);
            keeper.hear(labels, mode);
        });
    }

    fn lost(&self) {
        // Nobody knows what is revalidated from now on.
        self.tell(|keeper, far| far.lost(self.number, || keeper.hear(&[Label::all()], Mode::Expire)));
    }

    fn found(&self) {
        self.tell(|keeper, far| far.found(self.number, || keeper.hear(&[Label::all()], Mode::Expire)));
    }
}
