//! What the tests of this folder share: stores, entries, a listener that counts, and patience.

use core::time::Duration;
use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use rutter::{
    Bytes, CacheStore, Redis, StatusCode, Timestamp,
    cache::{CacheKey, Entry, Found, Label, Listener, Mode, StoreError},
};

use crate::redis_server::RedisServer;

/// Longer than any call of a store may take, on a machine that is busy with something else.
pub(crate) const IN_TIME: Duration = Duration::from_secs(5);

/// The prefix of all stores here.
pub(crate) const PREFIX: &str = "test";

pub(crate) fn store(server: &RedisServer) -> Redis {
    Redis::new(&server.url()).expect("a URL").prefix(PREFIX)
}

/// With a time-out that a busy machine keeps, for tests of something else.
pub(crate) fn patient(server: &RedisServer) -> Redis {
    store(server).timeout(IN_TIME)
}

pub(crate) fn key(name: &str) -> CacheKey {
    CacheKey::from(name.as_bytes())
}

pub(crate) fn labels() -> [Label; 3] {
    [Label::all(), Label::path("/products"), Label::tag("products")]
}

pub(crate) fn entry(body: &str) -> Entry {
    let body = Bytes::copy_from_slice(body.as_bytes());
    Entry { status: StatusCode::OK, headers: Vec::new(), body, made: Timestamp::from_millis(1) }
}

/// A whole computation: begins, puts and ends.
pub(crate) async fn keep(store: &Redis, name: &str, body: &str) -> Result<(), StoreError> {
    let (key, labels) = (key(name), labels());
    let turn = store.begin(&key, &labels).await?;
    store.put(&key, &labels, &turn.seal, &entry(body), Duration::from_secs(3600)).await?;
    match turn.token {
        Some(token) => store.end(&key, token).await,
        None => Ok(()),
    }
}

pub(crate) async fn find(store: &Redis, name: &str) -> Result<Option<Found>, StoreError> {
    store.get(&key(name), &labels()).await
}

/// The body that is found.
pub(crate) async fn body(store: &Redis, name: &str) -> Option<Bytes> {
    find(store, name).await.expect("Redis answers").map(|found| found.entry.body)
}

/// Tries again until it is so.
pub(crate) async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "not within 30 s: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Every call of the trait: each ends in time, and with an error.
pub(crate) async fn every_call_fails_in_time(store: &Redis) {
    let (key, labels, entry) = (key("a"), labels(), entry("x"));
    let seal = rutter::cache::Seal::default();
    in_time("get", async { store.get(&key, &labels).await.map(drop) }).await.expect_err("get");
    in_time("begin", async { store.begin(&key, &labels).await.map(drop) }).await.expect_err("begin");
    in_time("put", store.put(&key, &labels, &seal, &entry, IN_TIME)).await.expect_err("put");
    in_time("remove", store.remove(&key)).await.expect_err("remove");
    in_time("end", store.end(&key, 1)).await.expect_err("end");
    for mode in [Mode::Expire, Mode::Stale] {
        in_time("revalidate", store.revalidate(&labels, mode)).await.expect_err("revalidate");
    }
}

/// Waits for a call no longer than [`IN_TIME`].
pub(crate) async fn in_time<T>(what: &str, call: impl Future<Output = T>) -> T {
    tokio::time::timeout(IN_TIME, call).await.unwrap_or_else(|_| panic!("`{what}` hangs"))
}

/// A listener that remembers.
#[derive(Default)]
pub(crate) struct Ear(Mutex<Vec<Heard>>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    Revalidated(Vec<Label>, Mode),
    Unwritten(Vec<Label>, Mode),
    Lost,
    Found,
}

impl Ear {
    pub(crate) fn of(store: &Redis) -> Arc<Self> {
        let ear = Arc::new(Ear::default());
        store.listen(Arc::clone(&ear) as Arc<dyn Listener>);
        ear
    }

    /// One that hears already.
    pub(crate) async fn open(store: &Redis) -> Arc<Self> {
        let ear = Ear::of(store);
        until("the listener is found", async || ear.all().contains(&Heard::Found)).await;
        ear
    }

    pub(crate) fn all(&self) -> Vec<Heard> {
        self.0.lock().expect("no panic while it is held").clone()
    }

    /// What it has heard of losing and finding.
    pub(crate) fn transitions(&self) -> Vec<Heard> {
        self.all().into_iter().filter(|heard| matches!(heard, Heard::Lost | Heard::Found)).collect()
    }

    fn hears(&self, heard: Heard) {
        self.0.lock().expect("no panic while it is held").push(heard);
    }
}

impl Listener for Ear {
    fn revalidated(&self, labels: &[Label], mode: Mode) {
        self.hears(Heard::Revalidated(labels.to_vec(), mode));
    }

    fn unwritten(&self, labels: &[Label], mode: Mode) {
        self.hears(Heard::Unwritten(labels.to_vec(), mode));
    }

    fn lost(&self) {
        self.hears(Heard::Lost);
    }

    fn found(&self) {
        self.hears(Heard::Found);
    }
}
