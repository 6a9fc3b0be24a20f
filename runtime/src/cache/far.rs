//! The store beyond this process, asked in bounded time and left alone while it fails.

use core::{
    future::Future,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, Once},
};

use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
    time::timeout,
};

use crate::{
    cache::{CacheKey, CacheStore, Entry, Found, Label, Listener, Mode, Seal, StoreError, Turn},
    time::Clock,
};

/// The store beyond this process.
#[derive(Debug)]
pub(crate) struct Far {
    store: Arc<dyn CacheStore>,
    clock: Clock,
    /// The longest that one call may take.
    patience: Duration,
    listening: Once,
    /// Whether what other instances revalidate is heard.
    hears: AtomicBool,
    /// Not to be asked before this time, in milliseconds.
    rests_until: AtomicU64,
    failures: AtomicU64,
    errors: AtomicU64,
    outbox: Mutex<Outbox>,
    told: watch::Sender<Told>,
    /// Ends a pause: the store is there again.
    back: Notify,
}

/// What the store has not been told of yet.
#[derive(Debug, Default)]
struct Outbox {
    labels: HashMap<Label, Mode>,
    /// How many have been put in.
    count: u64,
    /// Whether a task sends them.
    is_sent: bool,
}

/// What the store has been told of.
#[derive(Debug, Default)]
struct Told {
    /// How many revalidations.
    count: u64,
    /// Whether the last try has failed.
    failed: bool,
}

impl Far {
    pub(crate) fn new(store: Arc<dyn CacheStore>, patience: Duration, clock: Clock) -> Self {
        Far {
            store,
            clock,
            patience,
            listening: Once::new(),
            hears: AtomicBool::new(false),
            rests_until: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            errors: AtomicU64::new(0),
            outbox: Mutex::default(),
            told: watch::Sender::default(),
            back: Notify::new(),
        }
    }

    /// Begins to listen to other instances, once, within a runtime.
    pub(crate) fn listen(&self, listener: impl FnOnce() -> Arc<dyn Listener>) {
        if !self.listening.is_completed() && Handle::try_current().is_ok() {
            self.listening.call_once(|| self.store.listen(listener()));
        }
    }

    /// Whether what is in memory can be trusted: whatever another instance revalidates is heard here.
    pub(crate) fn hears(&self) -> bool {
        self.hears.load(Ordering::Acquire)
    }

    /// From now on nothing is heard.
    pub(crate) fn lost(&self) {
        self.hears.store(false, Ordering::Release);
    }

    /// From now on everything is heard, and the store is asked again at once.
    pub(crate) fn found(&self) {
        self.rests_until.store(0, Ordering::Relaxed);
        self.back.notify_one();
        self.hears.store(true, Ordering::Release);
    }

    /// How many calls have failed.
    pub(crate) fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }

    pub(crate) async fn get(&self, key: &CacheKey, labels: &[Label]) -> Option<Found> {
        self.ask(self.store.get(key, labels)).await.flatten()
    }

    pub(crate) async fn begin(&self, key: &CacheKey, labels: &[Label]) -> Option<Turn> {
        self.ask(self.store.begin(key, labels)).await
    }

    pub(crate) async fn put(&self, key: &CacheKey, labels: &[Label], seal: &Seal, entry: &Entry, ttl: Duration) {
        self.ask(self.store.put(key, labels, seal, entry, ttl)).await;
    }

    pub(crate) async fn remove(&self, key: &CacheKey) {
        self.ask(self.store.remove(key)).await;
    }

    pub(crate) async fn end(&self, key: &CacheKey, token: u64) {
        self.ask(self.store.end(key, token)).await;
    }

    /// Asks, unless the store rests. `None` when it does, fails or takes too long.
    async fn ask<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        if self.rests() {
            return None;
        }
        self.within(self.patience, call).await
    }

    /// Whether it is not asked: it has failed just now, or what it has may be out of date because it has not been told
    /// of everything.
    fn rests(&self) -> bool {
        self.clock.now().millis() < self.rests_until.load(Ordering::Relaxed) || self.is_behind()
    }

    async fn within<T>(&self, bound: Duration, call: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        let error = match timeout(bound, call).await {
            Ok(Ok(answer)) => {
                if self.failures.swap(0, Ordering::Relaxed) > 0 {
                    tracing::info!(store = ?self.store, "the cache store answers again");
                }
                return Some(answer);
            }
            Ok(Err(error)) => error,
            Err(_) => StoreError::new(format!("no answer within {bound:?}")),
        };
        self.errors.fetch_add(1, Ordering::Relaxed);
        let failures = self.failures.fetch_add(1, Ordering::Relaxed);
        let rest = pause(failures);
        self.rests_until.fetch_max((self.clock.now() + rest).millis(), Ordering::Relaxed);
        if failures == 0 {
            tracing::warn!(store = ?self.store, %error, ?rest, "the cache store fails: handlers are run instead");
        } else {
            tracing::debug!(store = ?self.store, %error, ?rest, "the cache store fails");
        }
        None
    }

    /// Tells the store, soon, and again until it has heard.
    pub(crate) fn revalidate(self: &Arc<Self>, label: &Label, mode: Mode) {
        let mut outbox = self.outbox();
        outbox.add(label, mode);
        let Ok(runtime) = Handle::try_current() else { return };
        if !core::mem::replace(&mut outbox.is_sent, true) {
            runtime.spawn(Arc::clone(self).send());
        }
    }

    /// Whether there is something that the store has not been told of.
    pub(crate) fn is_behind(&self) -> bool {
        self.outbox().count != self.told.borrow().count
    }

    /// Waits until the store has been told of everything up to now, for a bounded time, and not while it fails.
    pub(crate) async fn settled(&self) {
        let count = self.outbox().count;
        let mut told = self.told.subscribe();
        let heard = told.wait_for(|told| told.count >= count || told.failed);
        let _ = timeout(self.patience * 2, heard).await;
    }

    async fn send(self: Arc<Self>) {
        let mut failures = 0;
        loop {
            let (labels, count) = {
                let mut outbox = self.outbox();
                if outbox.labels.is_empty() {
                    outbox.is_sent = false;
                    return;
                }
                (core::mem::take(&mut outbox.labels), outbox.count)
            };
            if self.deliver(&labels).await {
                failures = 0;
                self.told.send_replace(Told { count, failed: false });
                continue;
            }
            self.told.send_modify(|told| told.failed = true);
            self.outbox().put_back(labels);
            let _ = timeout(pause(failures), self.back.notified()).await;
            failures += 1;
        }
    }

    async fn deliver(&self, labels: &HashMap<Label, Mode>) -> bool {
        for mode in [Mode::Expire, Mode::Stale] {
            let labels: Vec<Label> =
                labels.iter().filter(|(_, of)| **of == mode).map(|(label, _)| label.clone()).collect();
            if !labels.is_empty() && self.within(self.patience, self.store.revalidate(&labels, mode)).await.is_none() {
                return false;
            }
        }
        true
    }

    fn outbox(&self) -> std::sync::MutexGuard<'_, Outbox> {
        self.outbox.lock().expect("nothing panics while it holds this lock")
    }
}

impl Outbox {
    fn add(&mut self, label: &Label, mode: Mode) {
        self.count += 1;
        self.merge(label.clone(), mode);
        // A store that hears nothing for long has to forget everything.
        if self.labels.len() > MOST_LABELS {
            self.labels = HashMap::from([(Label::all(), Mode::Expire)]);
        }
    }

    fn put_back(&mut self, labels: HashMap<Label, Mode>) {
        for (label, mode) in labels {
            self.merge(label, mode);
        }
    }

    /// What is expired needs no mark.
    fn merge(&mut self, label: Label, mode: Mode) {
        let known = self.labels.entry(label).or_insert(mode);
        if mode == Mode::Expire {
            *known = mode;
        }
    }
}

const MOST_LABELS: usize = 10_000;

/// How long a store is left alone after so many failures: a tenth of a second at first, ten seconds at most, a part of
/// it by chance, so that instances do not come back at one moment.
fn pause(failures: u64) -> Duration {
    let longest = Duration::from_millis(100 << failures.min(7)).min(Duration::from_secs(10));
    longest.mul_f64(0.5 + chance() / 2.0)
}

/// A number from 0 to 1. The standard library seeds its hasher by chance.
#[allow(clippy::cast_precision_loss)] // Half of the digits are enough.
fn chance() -> f64 {
    use std::hash::BuildHasher;

    (std::hash::RandomState::new().hash_one(0_u8) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_seconds() {
        for (failures, longest) in [(0, 100), (1, 200), (6, 6_400), (7, 10_000), (1_000, 10_000)] {
            let pause = pause(failures);
            let longest = Duration::from_millis(longest);
            assert!(pause >= longest / 2 && pause <= longest, "{failures}: {pause:?}");
        }
    }

    #[test]
    fn what_is_expired_is_not_marked_stale_in_its_place() {
        let mut outbox = Outbox::default();
        outbox.add(&Label::tag("a"), Mode::Expire);
        outbox.add(&Label::tag("a"), Mode::Stale);
        outbox.add(&Label::tag("b"), Mode::Stale);
        assert_eq!(outbox.labels[&Label::tag("a")], Mode::Expire);
        assert_eq!(outbox.labels[&Label::tag("b")], Mode::Stale);
    }

    #[test]
    fn too_much_to_tell_becomes_everything() {
        let mut outbox = Outbox::default();
        for n in 0..=MOST_LABELS {
            outbox.add(&Label::tag(&n.to_string()), Mode::Stale);
        }
        assert_eq!(outbox.labels, HashMap::from([(Label::all(), Mode::Expire)]));
    }
}
