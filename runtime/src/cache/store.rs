//! Where answers are kept beyond this process: the trait that a store implements.

use core::{fmt, future::Future, pin::Pin, time::Duration};
use std::sync::Arc;

use crate::{
    cache::{CacheKey, Entry, Label, Seal},
    error::BoxError,
};

/// Where kept answers are shared between instances of an application.
///
/// Rutter keeps answers in its own memory, and asks the store only where that has nothing. So a
/// store is asked rarely, and may be slow, hang or fail: the caller waits a bounded time, counts
/// the error and runs the handler.
///
/// The one rule of a store is about versions. Every [`Label`] has one; an entry is put together with
/// the versions that its labels had when its computation [began](CacheStore::begin), its [`Seal`];
/// and it is found only while none of them is expired. So what is revalidated while a handler runs
/// wins over what the handler makes, without any lock.
///
/// Beside it, the order of three things matters:
///
/// - To [`listen`](CacheStore::listen) leads to [`Listener::found`], at once or as soon as others can
///   be heard. Until then, and from [`Listener::lost`] to the next `found`, memory serves nothing.
/// - Versions change before listeners hear: whoever has heard of an expiry asks the store, and must not
///   find the entry. Where they cannot be changed, [`Listener::unwritten`] is told instead.
/// - Listeners have heard before [`revalidate`](CacheStore::revalidate) ends.
///
/// `rutter::testing::store_contract` checks an implementation.
pub trait CacheStore: fmt::Debug + Send + Sync + 'static {
    /// Finds the entry of a key, unless one of these labels, which are those that it was put with,
    /// has been expired since its computation began.
    fn get<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Option<Found>>;

    /// Begins a computation: the versions that the labels have now, and whether it is the caller's
    /// turn to compute. For a key one caller at a time has the turn; it ends with
    /// [`end`](CacheStore::end), or by itself within 15 s of the end of its instance.
    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn>;

    /// Keeps an entry under a seal that [`begin`](CacheStore::begin) gave, for as long as `ttl` at
    /// most; it replaces the one before.
    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()>;

    /// Forgets the entry of a key.
    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()>;

    /// Ends a turn. One that is not the caller's any more is left alone.
    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()>;

    /// Expires labels or marks them stale: changes their versions, then tells every listener. Once
    /// this has ended, every instance whose [`Listener`] can be reached knows. After an error it is
    /// called again, until it succeeds.
    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()>;

    /// Begins to tell what other instances revalidate, which [`Listener::found`] confirms. It is called
    /// within a Tokio runtime before anything else, and once more when that runtime has ended, in
    /// another one. The listener is kept by whoever listens, so a store may hold it weakly.
    fn listen(&self, listener: Arc<dyn Listener>);
}

/// What a store answers with, later.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// An entry that a store has.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The entry.
    pub entry: Entry,
    /// Whether one of its labels has been marked stale since.
    pub stale: bool,
}

/// The beginning of a computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The versions of the labels.
    pub seal: Seal,
    /// What [`CacheStore::end`] takes; `None` while somebody else has the turn.
    pub token: Option<u64>,
}

/// What revalidating does to what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// It is not served again.
    #[default]
    Expire,
    /// It is served once more, while it is made anew.
    Stale,
}

/// Who wants to know what happens to labels elsewhere.
///
/// None of these waits, and none calls the store.
pub trait Listener: Send + Sync {
    /// Labels have been revalidated, by whichever instance: their versions in the store are others
    /// by now.
    fn revalidated(&self, labels: &[Label], mode: Mode);

    /// Labels have been revalidated, but their versions in the store could not be changed: what it
    /// has of them is out of date, and must not be read until
    /// [`revalidated`](Listener::revalidated) tells of them. Whoever revalidates tries again, and
    /// tells this each time.
    fn unwritten(&self, labels: &[Label], mode: Mode) {
        self.revalidated(labels, mode);
    }

    /// From now on nothing is heard, so what is in memory cannot be trusted.
    fn lost(&self);

    /// From now on everything is heard. Until then, what is in memory is not served.
    fn found(&self);
}

/// Why a store did not do what it was asked for.
#[derive(Debug)]
pub struct StoreError(BoxError);

impl StoreError {
    /// Wraps any error, or a text.
    pub fn new(error: impl Into<BoxError>) -> Self {
        StoreError(error.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl<S: CacheStore + ?Sized> CacheStore for Arc<S> {
    fn get<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Option<Found>> {
        (**self).get(key, labels)
    }

    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn> {
        (**self).begin(key, labels)
    }

    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()> {
        (**self).put(key, labels, seal, entry, ttl)
    }

    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()> {
        (**self).remove(key)
    }

    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()> {
        (**self).end(key, token)
    }

    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()> {
        (**self).revalidate(labels, mode)
    }

    fn listen(&self, listener: Arc<dyn Listener>) {
        (**self).listen(listener);
    }
}
