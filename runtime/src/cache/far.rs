//! The store beyond this process, asked in bounded time and left alone while it fails.

mod breaker;
mod distrust;
mod hearing;
mod outbox;

use core::{
    fmt,
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, Weak},
};

use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
    time::timeout,
};

use crate::{
    cache::{
        CacheKey, CacheStore, Entry, Found, Label, Listener, Mode, Seal, StoreError, Turn,
        far::{
            breaker::{Breaker, Call, pause},
            distrust::{Distrust, Verdict},
            hearing::Hearing,
            outbox::{Outbox, Told},
        },
    },
    time::Clock,
};

/// The store beyond this process.
pub(crate) struct Far {
    me: Weak<Far>,
    store: Arc<dyn CacheStore>,
    clock: Clock,
    /// The longest that one call may take.
    patience: Duration,
    hearing: Hearing,
    breaker: Breaker,
    errors: AtomicU64,
    distrust: Distrust,
    outbox: Mutex<Outbox>,
    told: watch::Sender<Told>,
    /// Ends a pause: the store is there again.
    back: Notify,
}

impl Far {
    pub(crate) fn new(store: Arc<dyn CacheStore>, patience: Duration, clock: Clock) -> Arc<Self> {
        Arc::new_cyclic(|me| Far {
            me: Weak::clone(me),
            store,
            clock,
            patience,
            hearing: Hearing::default(),
            breaker: Breaker::default(),
            errors: AtomicU64::new(0),
            distrust: Distrust::default(),
            outbox: Mutex::default(),
            told: watch::Sender::default(),
            back: Notify::new(),
        })
    }

    /// Begins to listen to other instances, within a runtime, and again when that has ended. The listener gets a
    /// number, which it tells with all that it hears.
    pub(crate) fn listen(&self, listener: impl FnOnce(u64) -> Arc<dyn Listener>) {
        self.hearing.begin(&self.me, &*self.store, listener);
    }

    /// Whether what is in memory can be trusted: whatever another instance revalidates is heard here.
    #[inline]
    pub(crate) fn hears(&self) -> bool {
        self.hearing.hears()
    }

    /// Waits a moment at the very beginning, until others are heard. Whoever computes has waited.
    pub(crate) async fn attend(&self, longest: Duration) {
        self.hearing.attend(longest).await;
    }

    /// From now on nothing is heard, so what is in memory is expired.
    pub(crate) fn lost(&self, number: u64, expire: impl FnOnce()) {
        self.hearing.lost(number, expire);
    }

    /// From now on everything is heard, and the store is asked again at once. `expire` ends what is in memory and was
    /// made when nothing was heard.
    pub(crate) fn found(&self, number: u64, expire: impl FnOnce()) {
        if self.hearing.found(number, expire) {
            self.breaker.wake();
            self.back.notify_one();
        }
    }

    /// Another instance has revalidated these labels: the store has none of their entries any more.
    pub(crate) fn heard(&self, labels: &[Label]) {
        self.distrust.remove(labels);
    }

    /// Another instance has revalidated these labels, but the store still has their entries as if they were good.
    pub(crate) fn heard_unwritten(&self, labels: &[Label]) {
        self.distrust.add(labels, &self.clock);
    }

    /// How many calls have failed.
    pub(crate) fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }

    pub(crate) async fn get(&self, key: &CacheKey, labels: &[Label]) -> Option<Found> {
        if self.lags() {
            return None;
        }
        let found = self.ask(Call::Get, self.store.get(key, labels)).await.flatten()?;
        // After the call: it may have been heard while the answer was on its way.
        match self.distrust.verdict(labels, &self.clock) {
            Verdict::Trusted => Some(found),
            Verdict::Distrusted => None,
            Verdict::Overdue(labels) => {
                // Whoever has revalidated them is gone. Somebody has to do it.
                for label in &labels {
                    self.revalidate(label, Mode::Expire);
                }
                None
            }
        }
    }

    pub(crate) async fn begin(&self, key: &CacheKey, labels: &[Label]) -> Option<Turn> {
        if self.lags() {
            return None;
        }
        self.ask(Call::Begin, self.store.begin(key, labels)).await
    }

    pub(crate) async fn put(&self, key: &CacheKey, labels: &[Label], seal: &Seal, entry: &Entry, ttl: Duration) {
        self.ask(Call::Put, self.store.put(key, labels, seal, entry, ttl)).await;
    }

    pub(crate) async fn remove(&self, key: &CacheKey) {
        self.ask(Call::Remove, self.store.remove(key)).await;
    }

    pub(crate) async fn end(&self, key: &CacheKey, token: u64) {
        self.ask(Call::End, self.store.end(key, token)).await;
    }

    /// Whether what the store has may be out of date, because it has not been told of everything. Such a store is not
    /// asked for an answer; it is given one, whose seal says what it is worth, and turns are ended.
    fn lags(&self) -> bool {
        let lags = self.is_behind();
        if lags {
            self.begin_to_send();
        }
        lags
    }

    /// Asks, unless such calls have failed just now. `None` when they have, it fails or takes too long.
    async fn ask<T>(&self, call: Call, answer: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        if self.breaker.rests(call, self.clock.now()) {
            return None;
        }
        self.within(call, answer).await
    }

    async fn within<T>(&self, call: Call, answer: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        let bound = self.patience;
        let error = match timeout(bound, answer).await {
            Ok(Ok(answer)) => {
                if self.breaker.answered(call) {
                    tracing::info!(store = ?self.store, ?call, "the cache store answers again");
                }
                return Some(answer);
            }
            Ok(Err(error)) => error,
            Err(_) => StoreError::new(format!("no answer within {bound:?}")),
        };
        self.errors.fetch_add(1, Ordering::Relaxed);
        let (rest, first) = self.breaker.failed(call, self.clock.now());
        if first {
            tracing::warn!(store = ?self.store, ?call, %error, ?rest, "the cache store fails: handlers are run instead");
        } else {
            tracing::debug!(store = ?self.store, ?call, %error, ?rest, "the cache store fails");
        }
        None
    }

    /// Tells the store, soon, and again until it has heard.
    pub(crate) fn revalidate(&self, label: &Label, mode: Mode) {
        self.outbox().add(label, mode);
        self.begin_to_send();
        // A store that does not change may still tell others, so nobody waits for the end of a pause. One from which
        // nothing is heard is away.
        if self.hears() {
            self.back.notify_one();
        }
    }

    /// Whether there is something that the store has not been told of.
    pub(crate) fn is_behind(&self) -> bool {
        self.outbox().count != self.told.borrow().count
    }

    /// Waits until the store has been told of everything up to now or has failed to hear it, for a bounded time, and not
    /// while it is away.
    pub(crate) async fn settled(&self) {
        self.begin_to_send();
        let count = self.outbox().count;
        let mut told = self.told.subscribe();
        let heard = told.wait_for(|told| told.tried >= count || (told.failed && !self.hears()));
        let _ = timeout(self.patience * 2, heard).await;
    }

    /// Sends what there is, unless a task does: in this runtime, or from a plain thread in the one that listens.
    /// Without either, whoever asks next begins.
    fn begin_to_send(&self) {
        let runtime = Handle::try_current().ok().or_else(|| self.hearing.runtime());
        let (Some(runtime), Some(far)) = (runtime, self.me.upgrade()) else { return };
        {
            let mut outbox = self.outbox();
            if outbox.labels.is_empty() || core::mem::replace(&mut outbox.is_sent, true) {
                return;
            }
        }
        runtime.spawn(Sending { far, batch: HashMap::new(), done: false }.run());
    }

    async fn deliver(&self, labels: &HashMap<Label, Mode>) -> bool {
        for mode in [Mode::Expire, Mode::Stale] {
            let labels: Vec<Label> =
                labels.iter().filter(|(_, of)| **of == mode).map(|(label, _)| label.clone()).collect();
            let told = async || self.within(Call::Revalidate, self.store.revalidate(&labels, mode)).await;
            if !labels.is_empty() && told().await.is_none() {
                return false;
            }
        }
        true
    }

    fn outbox(&self) -> MutexGuard<'_, Outbox> {
        self.outbox.lock().expect("nothing panics while it holds this lock")
    }
}

/// A task that tells the store what it has not been told of. When its runtime ends, what it has not done is left for
/// the next one.
struct Sending {
    far: Arc<Far>,
    /// What is being told.
    batch: HashMap<Label, Mode>,
    done: bool,
}

impl Sending {
    async fn run(mut self) {
        let mut failures = 0;
        while let Some(count) = self.take() {
            if self.far.deliver(&self.batch).await {
                failures = 0;
                self.batch.clear();
                self.far.told.send_replace(Told { count, tried: count, failed: false });
                continue;
            }
            self.far.told.send_modify(|told| (told.tried, told.failed) = (count, true));
            let batch = core::mem::take(&mut self.batch);
            self.far.outbox().put_back(batch);
            let _ = timeout(pause(failures), self.far.back.notified()).await;
            failures += 1;
        }
    }

    /// Takes what there is, and how many revalidations it is made of; without any it is done.
    fn take(&mut self) -> Option<u64> {
        let mut outbox = self.far.outbox();
        if outbox.labels.is_empty() {
            outbox.is_sent = false;
            self.done = true;
            return None;
        }
        self.batch = core::mem::take(&mut outbox.labels);
        Some(outbox.count)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        if !self.done {
            let mut outbox = self.far.outbox();
            outbox.put_back(core::mem::take(&mut self.batch));
            outbox.is_sent = false;
        }
    }
}

impl fmt::Debug for Far {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut far = f.debug_struct("Far");
        far.field("store", &self.store).field("hears", &self.hears()).field("is_behind", &self.is_behind());
        far.finish_non_exhaustive()
    }
}
