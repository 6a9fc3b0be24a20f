//! What a rule is checked with: stores, keys and labels of its own, entries, and a listener that remembers.

use core::time::Duration;
use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use http::{HeaderName, HeaderValue, StatusCode};
use tokio::{runtime::Handle, sync::oneshot};

use crate::{
    Bytes, CacheStore, Clock,
    cache::{CacheKey, Entry, Found, Label, Listener, Mode, Seal, StoreError, Turn},
    testing::contract::Broken,
};

/// What one rule is checked with.
pub(super) struct Case {
    name: &'static str,
    /// Different in each run: a backend may remember the one before.
    run: u64,
    pub(super) one: Subject,
    /// Another instance over the same backend.
    two: Option<Subject>,
    /// One more, for the rule that drops it.
    third: Mutex<Option<Arc<dyn CacheStore>>>,
}

/// A store, and what its listener has heard.
pub(super) struct Subject {
    store: Arc<dyn CacheStore>,
    pub(super) heard: Arc<Heard>,
}

impl Case {
    pub(super) fn new(name: &'static str, one: impl CacheStore, two: Option<impl CacheStore>) -> Self {
        let run = RandomState::new().build_hasher().finish();
        Case { name, run, one: Subject::new(one), two: two.map(Subject::new), third: Mutex::default() }
    }

    /// Gives it an instance that can be dropped.
    pub(super) fn third(&self, store: impl CacheStore) {
        *self.third.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(store));
    }

    /// Takes that one.
    pub(super) fn take_third(&self) -> Result<Arc<dyn CacheStore>, Broken> {
        let third = self.third.lock().unwrap_or_else(PoisonError::into_inner).take();
        third.ok_or_else(|| "there is no third instance".into())
    }

    /// The other instance, once both hear each other.
    pub(super) async fn two(&self) -> Result<&Subject, Broken> {
        let two = self.two.as_ref().ok_or("there is no second instance")?;
        for subject in [&self.one, two] {
            subject.is_found().await?;
        }
        Ok(two)
    }

    /// A key that no other rule has.
    pub(super) fn key(&self, name: impl AsRef<[u8]>) -> CacheKey {
        CacheKey::from(&[self.unique().as_bytes(), b"/", name.as_ref()].concat()[..])
    }

    /// A tag that no other rule has.
    pub(super) fn tag(&self, name: &str) -> Label {
        Label::tag(&format!("{}/{name}", self.unique()))
    }

    /// A path that no other rule has.
    pub(super) fn path(&self, name: &str) -> Label {
        Label::path(&format!("/{}/{name}", self.unique()))
    }

    fn unique(&self) -> String {
        format!("{}-{:016x}", self.name, self.run)
    }
}

/// What was found.
pub(super) type Looked = Result<Option<Found>, StoreError>;

/// The calls of the trait, with less to write.
impl Subject {
    fn new(store: impl CacheStore) -> Self {
        let heard = Arc::new(Heard::default());
        store.listen(Arc::clone(&heard) as Arc<dyn Listener>);
        Subject { store: Arc::new(store), heard }
    }

    /// Waits until it hears everything.
    pub(super) async fn is_found(&self) -> Result<(), Broken> {
        until(async || self.heard.memory().found).await.map_err(|_| "`found` was not called within 10 s".into())
    }

    /// Asks for an entry when the listener hears the next revalidation, while it hears it.
    pub(super) fn looks_when_it_hears(&self, key: CacheKey, labels: &[Label]) -> oneshot::Receiver<Looked> {
        let (sender, looked) = oneshot::channel();
        let (store, labels, runtime) = (self.share(), labels.to_vec(), Handle::current());
        let look = move || {
            let (ends, ended) = std::sync::mpsc::channel::<()>();
            // A store may hold a lock of its own while it tells: that is not waited for long.
            std::thread::spawn(move || {
                let found = runtime.block_on(async { store.get(&key, &labels).await });
                drop(sender.send(found));
                drop(ends);
            });
            let _ = ended.recv_timeout(Duration::from_millis(100));
        };
        self.heard.memory().look = Some(Box::new(look));
        looked
    }

    pub(super) fn share(&self) -> Arc<dyn CacheStore> {
        Arc::clone(&self.store)
    }

    pub(super) async fn get(&self, key: &CacheKey, labels: &[Label]) -> Result<Option<Found>, StoreError> {
        self.store.get(key, labels).await
    }

    pub(super) async fn begin(&self, key: &CacheKey, labels: &[Label]) -> Result<Turn, StoreError> {
        self.store.begin(key, labels).await
    }

    /// Puts for an hour.
    pub(super) async fn put(
        &self,
        key: &CacheKey,
        labels: &[Label],
        seal: &Seal,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        self.put_for(key, labels, seal, entry, Duration::from_secs(3600)).await
    }

    pub(super) async fn put_for(
        &self,
        key: &CacheKey,
        labels: &[Label],
        seal: &Seal,
        entry: &Entry,
        ttl: Duration,
    ) -> Result<(), StoreError> {
        self.store.put(key, labels, seal, entry, ttl).await
    }

    /// A whole computation: begins, puts and ends.
    pub(super) async fn keep(&self, key: &CacheKey, labels: &[Label], entry: &Entry) -> Result<(), StoreError> {
        let turn = self.begin(key, labels).await?;
        self.put(key, labels, &turn.seal, entry).await?;
        match turn.token {
            Some(token) => self.end(key, token).await,
            None => Ok(()),
        }
    }

    pub(super) async fn remove(&self, key: &CacheKey) -> Result<(), StoreError> {
        self.store.remove(key).await
    }

    pub(super) async fn end(&self, key: &CacheKey, token: u64) -> Result<(), StoreError> {
        self.store.end(key, token).await
    }

    pub(super) async fn revalidate(&self, labels: &[Label], mode: Mode) -> Result<(), StoreError> {
        self.store.revalidate(labels, mode).await
    }
}

/// An entry with this body.
pub(super) fn entry(body: impl Into<Bytes>) -> Entry {
    Entry { status: StatusCode::OK, headers: Vec::new(), body: body.into(), made: Clock::system().now() }
}

/// With a header more.
pub(super) fn with(mut entry: Entry, name: &'static str, value: &'static [u8]) -> Entry {
    let value = HeaderValue::from_bytes(value).expect("the contract's own values are allowed");
    entry.headers.push((HeaderName::from_static(name), value));
    entry
}

/// Asks again for ten seconds, until it is so.
pub(super) async fn until(holds: impl AsyncFn() -> bool) -> Result<(), Broken> {
    for _ in 0..500 {
        if holds().await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err("not so within 10 s".into())
}

/// A listener that remembers.
#[derive(Default)]
pub(super) struct Heard(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    found: bool,
    look: Option<Box<dyn FnOnce() + Send>>,
    revalidated: Vec<(Vec<Label>, Mode)>,
}

impl Heard {
    /// Whether this has been heard, alone or with others.
    pub(super) fn has(&self, label: &Label, mode: Mode) -> bool {
        self.memory().revalidated.iter().any(|(labels, other)| *other == mode && labels.contains(label))
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener for Heard {
    fn revalidated(&self, labels: &[Label], mode: Mode) {
        let look = {
            let mut memory = self.memory();
            memory.revalidated.push((labels.to_vec(), mode));
            memory.look.take()
        };
        if let Some(look) = look {
            look();
        }
    }

    fn lost(&self) {
        self.memory().found = false;
    }

    fn found(&self) {
        self.memory().found = true;
    }
}
