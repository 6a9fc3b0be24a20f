//! The stores keep the contract, and the contract sees the stores that do not.

#[cfg(feature = "redis")]
#[path = "common/redis.rs"]
mod redis_server;

use core::time::Duration;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Instant,
};

use rutter::{
    CacheStore, Memory,
    cache::{CacheKey, Entry, Found, Holds, Label, Listener, Mode, Seal, StoreFuture, Turn, Version},
    testing::store_contract,
};
use tokio::task::{JoinHandle, LocalSet};

#[cfg(feature = "redis")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_keeps_the_contract() {
    let Some(server) = redis_server::RedisServer::start() else { return };
    let make = async || {
        let store = rutter::Redis::new(&server.url()).expect("a URL").prefix("contract");
        // Machines that run tests are slow at times, and a miss for being late is none of the rules.
        store.timeout(Duration::from_secs(5))
    };
    store_contract(make).shared().run().await;
}

#[tokio::test]
async fn memory_keeps_the_contract() {
    store_contract(async || Memory::new(64 * 1024 * 1024)).run().await;
}

#[tokio::test]
async fn memory_that_two_instances_share_keeps_the_contract() {
    let memory = Arc::new(Memory::new(64 * 1024 * 1024));
    store_contract(async || Arc::clone(&memory)).shared().run().await;
}

#[tokio::test]
async fn a_plain_map_keeps_the_contract() {
    store_contract(async || Map::default()).run().await;
}

#[tokio::test]
async fn a_map_that_two_instances_share_keeps_the_contract() {
    let map = Map::default();
    store_contract(async || map.clone()).shared().run().await;
}

#[tokio::test]
async fn every_fault_is_seen() {
    let faults = [
        (Fault::SealIgnored, "an_expiry_during_a_computation_wins"),
        (Fault::SealAtPut, "an_expiry_during_a_computation_wins"),
        (Fault::OnlyFirstLabel, "each_of_many_labels_counts"),
        (Fault::VersionsStartOver, "a_version_never_comes_back"),
        (Fault::StaleIsExpired, "a_stale_mark_is_seen"),
        (Fault::StaleIsNothing, "a_stale_mark_during_a_computation_is_seen"),
        (Fault::EverythingIsOne, "expiring_other_labels_does_not_matter"),
        (Fault::KeyIsText, "any_byte_of_a_key_counts"),
        (Fault::KeyIsCut, "any_byte_of_a_key_counts"),
        (Fault::HeadersAreSorted, "repeated_headers_stay_in_order"),
        (Fault::HeadersAreText, "any_header_value_is_kept"),
        (Fault::BodyIsText, "any_byte_of_a_body_is_kept"),
        (Fault::BodyIsCut, "a_large_body_is_kept"),
        (Fault::StatusIsOk, "every_status_is_kept"),
        (Fault::FirstStays, "an_entry_replaces_the_one_before"),
        (Fault::NothingRemoved, "a_removed_entry_is_not_found"),
        (Fault::TtlIgnored, "an_entry_is_gone_after_its_ttl"),
        (Fault::TurnForAll, "one_caller_at_a_time_has_the_turn"),
        (Fault::TokenIgnored, "a_turn_is_not_ended_by_another_token"),
        (Fault::TurnNeverEnds, "an_ended_turn_can_be_taken_again"),
        (Fault::PutEndsTurn, "putting_does_not_end_a_turn"),
    ];
    assert_seen(&faults, false).await;
}

#[tokio::test]
async fn faults_between_instances_are_seen() {
    let faults = [
        (Fault::NothingShared, "an_entry_of_one_instance_is_found_by_another"),
        (Fault::ToldLater, "a_listener_hears_a_revalidation_before_it_has_ended"),
        (Fault::UnknownNotTold, "a_listener_hears_every_revalidation"),
        (Fault::ToldBefore, "versions_change_before_listeners_hear"),
        (Fault::TurnsForEver, "a_turn_of_an_instance_that_is_gone_ends_by_itself"),
        (Fault::NeverFound, "listening_leads_to_found"),
    ];
    assert_seen(&faults, true).await;
}

/// Each fault breaks its rule.
async fn assert_seen(faults: &[(Fault, &str)], shared: bool) {
    let local = LocalSet::new();
    // All at once: some faults are waited for.
    let runs: Vec<_> = faults.iter().map(|(fault, _)| check(&local, *fault, shared)).collect();
    for ((fault, rule), run) in faults.iter().zip(runs) {
        // The contract panics, on a task of its own.
        let panic = local.run_until(run).await.expect_err("the contract is broken").into_panic();
        let broken = panic.downcast_ref::<String>().expect("a text");
        assert!(broken.contains(&format!("  {rule}: ")), "{fault:?} should break `{rule}`, but:\n{broken}");
    }
}

/// Checks a store with a fault.
fn check(local: &LocalSet, fault: Fault, shared: bool) -> JoinHandle<()> {
    let map = Map { fault: Some(fault), ..Map::default() };
    let make = move || {
        let map = if fault == Fault::NothingShared { Map::default() } else { map.clone() };
        async move { map }
    };
    let contract = store_contract(make);
    let contract = if shared { contract.shared() } else { contract };
    local.spawn_local(contract.run())
}

/// What a [`Map`] may do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    SealIgnored,
    SealAtPut,
    OnlyFirstLabel,
    VersionsStartOver,
    StaleIsExpired,
    StaleIsNothing,
    EverythingIsOne,
    KeyIsText,
    KeyIsCut,
    HeadersAreSorted,
    HeadersAreText,
    BodyIsText,
    BodyIsCut,
    StatusIsOk,
    FirstStays,
    NothingRemoved,
    TtlIgnored,
    TurnForAll,
    TokenIgnored,
    TurnNeverEnds,
    PutEndsTurn,
    NothingShared,
    ToldLater,
    UnknownNotTold,
    ToldBefore,
    TurnsForEver,
    NeverFound,
}

/// The smallest store that keeps the contract, unless it is told to have a fault.
#[derive(Clone, Default)]
struct Map {
    inside: Arc<Mutex<Inside>>,
    fault: Option<Fault>,
}

#[derive(Default)]
struct Inside {
    entries: HashMap<Vec<u8>, (Seal, Entry, Instant)>,
    versions: HashMap<Label, Version>,
    turns: HashMap<CacheKey, (u64, Instant)>,
    listeners: Vec<Arc<dyn Listener>>,
    last: u64,
}

impl Inside {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn seal(&mut self, labels: &[Label]) -> Seal {
        let mut versions = Vec::new();
        for label in labels {
            let fresh = Version { expired: self.next(), staled: self.next() };
            versions.push(*self.versions.entry(label.clone()).or_insert(fresh));
        }
        Seal(versions.into())
    }
}

impl Map {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("no test panics while it holds this")
    }

    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    fn key(&self, key: &CacheKey) -> Vec<u8> {
        let bytes = key.as_bytes();
        match self.fault {
            Some(Fault::KeyIsText) => String::from_utf8_lossy(bytes).into_owned().into_bytes(),
            Some(Fault::KeyIsCut) => bytes[..bytes.len().min(512)].to_vec(),
            _ => bytes.to_vec(),
        }
    }

    fn labels<'a>(&self, labels: &'a [Label]) -> &'a [Label] {
        if self.has(Fault::OnlyFirstLabel) { &labels[..labels.len().min(1)] } else { labels }
    }

    /// The entry as a store with a fault keeps it.
    fn kept(&self, entry: &Entry) -> Entry {
        let mut kept = entry.clone();
        match self.fault {
            Some(Fault::HeadersAreSorted) => kept.headers.sort_by(|one, two| one.1.as_bytes().cmp(two.1.as_bytes())),
            Some(Fault::HeadersAreText) => kept.headers.retain(|(_, value)| value.to_str().is_ok()),
            Some(Fault::BodyIsText) => kept.body = String::from_utf8_lossy(&entry.body).into_owned().into(),
            Some(Fault::BodyIsCut) => kept.body.truncate(64 * 1024),
            Some(Fault::StatusIsOk) => kept.status = rutter::StatusCode::OK,
            _ => {}
        }
        kept
    }

    fn find(&self, key: &CacheKey, labels: &[Label]) -> Option<Found> {
        let mut inside = self.inside();
        let now = inside.seal(self.labels(labels));
        let (seal, entry, until) = inside.entries.get(&self.key(key))?;
        if *until <= Instant::now() && !self.has(Fault::TtlIgnored) {
            return None;
        }
        let holds = if self.has(Fault::SealIgnored) { Holds::Whole } else { seal.holds(&now) };
        (holds != Holds::Broken).then(|| Found { entry: entry.clone(), stale: holds == Holds::Stale })
    }

    fn keep(&self, key: &CacheKey, labels: &[Label], seal: &Seal, entry: &Entry, ttl: Duration) {
        let mut inside = self.inside();
        if self.has(Fault::PutEndsTurn) {
            inside.turns.remove(key);
        }
        let now = inside.seal(self.labels(labels));
        let seal = if self.has(Fault::SealAtPut) { now } else { seal.clone() };
        let kept = (seal, self.kept(entry), Instant::now() + ttl);
        if self.has(Fault::FirstStays) {
            inside.entries.entry(self.key(key)).or_insert(kept);
        } else {
            inside.entries.insert(self.key(key), kept);
        }
    }

    fn take_turn(&self, key: &CacheKey, labels: &[Label]) -> Turn {
        let mut inside = self.inside();
        let seal = inside.seal(self.labels(labels));
        let token = inside.next();
        let held = inside.turns.get(key).is_some_and(|(_, until)| Instant::now() < *until);
        if held && !self.has(Fault::TurnForAll) {
            return Turn { seal, token: None };
        }
        let lasts = if self.has(Fault::TurnsForEver) { Duration::from_secs(3600) } else { Duration::from_secs(3) };
        inside.turns.insert(key.clone(), (token, Instant::now() + lasts));
        Turn { seal, token: Some(token) }
    }

    fn end_turn(&self, key: &CacheKey, token: u64) {
        let mut inside = self.inside();
        let own = inside.turns.get(key).is_some_and(|(held, _)| *held == token) || self.has(Fault::TokenIgnored);
        if own && !self.has(Fault::TurnNeverEnds) {
            inside.turns.remove(key);
        }
    }

    fn change(&self, labels: &[Label], mode: Mode) {
        let listeners = self.inside().listeners.clone();
        if self.has(Fault::ToldBefore) {
            for listener in &listeners {
                listener.revalidated(labels, mode);
            }
        }
        let mut inside = self.inside();
        let known = labels.iter().any(|label| inside.versions.contains_key(label));
        let all: Vec<Label> = inside.versions.keys().cloned().collect();
        for label in if self.has(Fault::EverythingIsOne) { &all } else { labels } {
            let next = inside.next();
            match mode {
                Mode::Expire if self.has(Fault::VersionsStartOver) => {
                    inside.versions.insert(label.clone(), Version::default());
                }
                Mode::Stale if self.has(Fault::StaleIsNothing) => {}
                Mode::Stale if !self.has(Fault::StaleIsExpired) => {
                    inside.versions.entry(label.clone()).or_default().staled = next;
                }
                _ => inside.versions.entry(label.clone()).or_default().expired = next,
            }
        }
        drop(inside);
        if self.has(Fault::ToldBefore) || self.has(Fault::UnknownNotTold) && !known {
            return;
        }
        let labels = labels.to_vec();
        let tell = move || listeners.iter().for_each(|listener| listener.revalidated(&labels, mode));
        if self.has(Fault::ToldLater) {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(5)).await;
                tell();
            });
        } else {
            tell();
        }
    }
}

impl CacheStore for Map {
    fn get<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Option<Found>> {
        Box::pin(async move { Ok(self.find(key, labels)) })
    }

    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn> {
        Box::pin(async move { Ok(self.take_turn(key, labels)) })
    }

    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.keep(key, labels, seal, entry, ttl);
            Ok(())
        })
    }

    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            if !self.has(Fault::NothingRemoved) {
                self.inside().entries.remove(&self.key(key));
            }
            Ok(())
        })
    }

    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.end_turn(key, token);
            Ok(())
        })
    }

    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.change(labels, mode);
            Ok(())
        })
    }

    fn listen(&self, listener: Arc<dyn Listener>) {
        self.inside().listeners.push(Arc::clone(&listener));
        if !self.has(Fault::NeverFound) {
            listener.found();
        }
    }
}

impl core::fmt::Debug for Map {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Map({:?})", self.fault)
    }
}
