//! Answers in this process: bounded by bytes, found by a borrowed key.

use core::{fmt, time::Duration};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, Weak},
};

use quick_cache::{DefaultHashBuilder, OptionsBuilder, sync::DefaultLifecycle};

use crate::{
    cache::{
        CacheKey, CacheStore, Entry, Found, Holds, Label, Listener, Mode, Seal, StoreFuture, Turn,
        kept::Kept,
        labels::{Labels, LiveSeal},
    },
    time::{Clock, Timestamp},
};

/// Answers in this process, as many as fit into a number of bytes; those that are asked for least go first.
///
/// It is where every application keeps its answers. As a [`CacheStore`] it can also be shared by several applications
/// in one process, which is what their tests do:
///
/// ```
/// use std::sync::Arc;
/// use rutter::{Caching, Memory};
///
/// let shared = Arc::new(Memory::new(1024 * 1024));
/// let one = Caching::default().store(Arc::clone(&shared));
/// let other = Caching::default().store(shared);
/// # let _ = (one, other);
/// ```
pub struct Memory {
    entries: Entries,
    labels: Labels,
    shared: Shared,
}

type Entries = quick_cache::sync::Cache<CacheKey, Stored, Weight>;

/// An entry, and the end of its time: of use only to [`CacheStore`], a policy ends it otherwise.
#[derive(Clone)]
struct Stored {
    kept: Arc<Kept>,
    until: Option<Timestamp>,
}

/// What only a store needs that others share.
#[derive(Default)]
struct Shared {
    clock: Clock,
    turns: Mutex<Turns>,
    /// Kept by the applications: one that is dropped hears nothing any more.
    listeners: Mutex<Vec<Weak<dyn Listener>>>,
}

#[derive(Default)]
struct Turns {
    held: HashMap<CacheKey, (u64, Timestamp)>,
    tokens: u64,
    /// The labels of computations that have begun are not forgotten.
    begun: VecDeque<(Timestamp, LiveSeal)>,
}

impl Memory {
    /// Memory for this many bytes of answers, headers and keys included.
    pub fn new(bytes: u64) -> Self {
        Memory::with_largest(bytes, LARGEST)
    }

    /// The same, with room for bodies of this size: a part of the memory has to hold several.
    pub(crate) fn with_largest(bytes: u64, largest: u64) -> Self {
        let expected = usize::try_from(bytes / EXPECTED).unwrap_or(usize::MAX).clamp(64, 1 << 16);
        let parts = std::thread::available_parallelism().map_or(4, |cores| cores.get() * 4);
        let most = usize::try_from(bytes / (4 * largest.max(1))).unwrap_or(usize::MAX).max(1);
        let options = OptionsBuilder::new()
            .shards(parts.min(most))
            .estimated_items_capacity(expected)
            .weight_capacity(bytes)
            .build()
            .expect("both capacities are given");
        Memory {
            entries: Entries::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default()),
            labels: Labels::default(),
            shared: Shared::default(),
        }
    }

    /// How many answers there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many bytes they take, more or less.
    pub fn bytes(&self) -> u64 {
        self.entries.weight()
    }

    #[inline]
    pub(crate) fn find(&self, key: &[u8]) -> Option<Arc<Kept>> {
        self.entries.get(key).map(|stored| stored.kept)
    }

    /// Keeps an answer; `false` where it is too large for the room that there is.
    pub(crate) fn keep(&self, key: &CacheKey, kept: &Arc<Kept>) -> bool {
        self.entries.insert(key.clone(), Stored { kept: Arc::clone(kept), until: None });
        self.entries.contains_key(key)
    }

    pub(crate) fn forget(&self, key: &CacheKey) {
        self.entries.remove(key);
    }

    pub(crate) fn labels(&self) -> &Labels {
        &self.labels
    }
}

/// The largest body that is kept where nobody says otherwise.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// What a small answer weighs: a first guess at how many there will be.
const EXPECTED: u64 = 4 * 1024;

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory({} answers, {} of {} bytes)", self.len(), self.bytes(), self.entries.capacity())
    }
}

#[derive(Clone)]
struct Weight;

impl quick_cache::Weighter<CacheKey, Stored> for Weight {
    fn weight(&self, key: &CacheKey, stored: &Stored) -> u64 {
        stored.kept.weight + 2 * key.as_bytes().len() as u64 + OVERHEAD
    }
}

/// What stands around an entry: its place in the table, its counters.
const OVERHEAD: u64 = 600;

impl CacheStore for Memory {
    fn get<'a>(&'a self, key: &'a CacheKey, _: &'a [Label]) -> StoreFuture<'a, Option<Found>> {
        let now = self.shared.clock.now();
        let stored = self.entries.get(key).filter(|stored| stored.until.is_none_or(|until| now < until));
        let found = stored.and_then(|stored| match stored.kept.holds() {
            Holds::Broken => None,
            holds => Some(Found { entry: stored.kept.entry(), stale: holds == Holds::Stale }),
        });
        Box::pin(async { Ok(found) })
    }

    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn> {
        let seal = self.labels.seal(labels);
        let turn = Turn { seal: seal.versions(), token: self.turns(|turns, now| turns.begin(key, seal, now)) };
        Box::pin(async { Ok(turn) })
    }

    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()> {
        if let Some(seal) = self.labels.seal(labels).at(seal) {
            let kept = Arc::new(Kept::new(entry.clone(), seal));
            self.entries.insert(key.clone(), Stored { kept, until: Some(self.shared.clock.now() + ttl) });
        }
        Box::pin(async { Ok(()) })
    }

    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()> {
        self.forget(key);
        Box::pin(async { Ok(()) })
    }

    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()> {
        self.turns(|turns, _| {
            if turns.held.get(key).is_some_and(|(held, _)| *held == token) {
                turns.held.remove(key);
            }
        });
        Box::pin(async { Ok(()) })
    }

    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()> {
        for label in labels {
            self.labels.revalidate(label, mode);
        }
        for listener in self.listeners() {
            listener.revalidated(labels, mode);
        }
        Box::pin(async { Ok(()) })
    }

    fn listen(&self, listener: Arc<dyn Listener>) {
        // Before it counts on hearing everything.
        self.shared.listeners.lock().expect("nothing panics while it holds this lock").push(Arc::downgrade(&listener));
        listener.found();
    }
}

impl Memory {
    fn turns<T>(&self, act: impl FnOnce(&mut Turns, Timestamp) -> T) -> T {
        let mut turns = self.shared.turns.lock().expect("nothing panics while it holds this lock");
        act(&mut turns, self.shared.clock.now())
    }

    /// Those that are still there. They are called without the lock.
    fn listeners(&self) -> Vec<Arc<dyn Listener>> {
        let mut listeners = self.shared.listeners.lock().expect("nothing panics while it holds this lock");
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.iter().filter_map(Weak::upgrade).collect()
    }
}

impl Turns {
    fn begin(&mut self, key: &CacheKey, seal: LiveSeal, now: Timestamp) -> Option<u64> {
        while self.begun.front().is_some_and(|(begun, _)| now.since(*begun) > LONGEST_COMPUTATION) {
            self.begun.pop_front();
        }
        self.begun.push_back((now, seal));
        // Of those that are forgotten too soon the answer is not kept, no more.
        if self.begun.len() > MOST_COMPUTATIONS {
            self.begun.pop_front();
        }
        if self.held.get(key).is_some_and(|(_, until)| now < *until) {
            return None;
        }
        self.held.retain(|_, (_, until)| now < *until);
        self.tokens += 1;
        self.held.insert(key.clone(), (self.tokens, now + LONGEST_TURN));
        Some(self.tokens)
    }
}

const LONGEST_TURN: Duration = Duration::from_secs(5);
const LONGEST_COMPUTATION: Duration = Duration::from_secs(60);
const MOST_COMPUTATIONS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who listens.
    struct Ear;

    impl Listener for Ear {
        fn revalidated(&self, _: &[Label], _: Mode) {}
        fn lost(&self) {}
        fn found(&self) {}
    }

    #[tokio::test]
    async fn listeners_that_are_dropped_are_forgotten() {
        let memory = Memory::new(1024);
        let kept: Arc<dyn Listener> = Arc::new(Ear);
        memory.listen(Arc::clone(&kept));
        for _ in 0..10 {
            memory.listen(Arc::new(Ear));
        }
        memory.revalidate(&[Label::tag("a")], Mode::Expire).await.expect("memory never fails");
        assert_eq!(memory.shared.listeners.lock().expect("no panic").len(), 1);
        assert_eq!(Arc::strong_count(&kept), 1, "the store keeps nobody");
    }

    #[tokio::test]
    async fn computations_that_do_not_end_are_not_all_remembered() {
        let memory = Memory::new(1024);
        for n in 0..MOST_COMPUTATIONS + 100 {
            let key = CacheKey::from(n.to_string().as_bytes());
            let turn = memory.begin(&key, &[]).await.expect("memory never fails");
            memory.end(&key, turn.token.expect("it is the only one")).await.expect("memory never fails");
        }
        assert_eq!(memory.turns(|turns, _| turns.begun.len()), MOST_COMPUTATIONS);
    }
}
