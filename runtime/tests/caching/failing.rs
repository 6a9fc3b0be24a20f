//! A store that fails, hangs or comes back: requests are answered, and nothing is served that should not be.

use core::{
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};
use std::{sync::Arc, time::Instant};

use rutter::{
    CacheStore, Memory,
    cache::{CacheKey, Entry, Found, Label, Listener, Mode, Seal, StoreError, StoreFuture, Turn},
    prelude::*,
};

use crate::{App, Runs, until};

/// A store with a switch.
#[derive(Debug)]
struct Moody {
    store: Memory,
    mood: AtomicU8,
    listeners: std::sync::Mutex<Vec<Ears>>,
}

struct Ears(Arc<dyn Listener>);

impl core::fmt::Debug for Ears {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Ears")
    }
}

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const HANGS: u8 = 2;
/// Every turn is another instance's, which does not end.
const TAKEN: u8 = 3;

impl Moody {
    fn new() -> Arc<Moody> {
        Arc::new(Moody { store: Memory::new(1024 * 1024), mood: AtomicU8::new(WORKS), listeners: Vec::new().into() })
    }

    fn becomes(&self, mood: u8) {
        self.mood.store(mood, Ordering::SeqCst);
        for Ears(listener) in &*self.listeners.lock().expect("no panic") {
            if mood == WORKS || mood == TAKEN { listener.found() } else { listener.lost() }
        }
    }

    fn moodily<'a, T: 'a>(&'a self, call: StoreFuture<'a, T>) -> StoreFuture<'a, T> {
        match self.mood.load(Ordering::SeqCst) {
            FAILS => Box::pin(async { Err(StoreError::new("as the test wants")) }),
            HANGS => Box::pin(core::future::pending()),
            _ => call,
        }
    }
}

impl CacheStore for Moody {
    fn get<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Option<Found>> {
        self.moodily(self.store.get(key, labels))
    }

    fn begin<'a>(&'a self, key: &'a CacheKey, labels: &'a [Label]) -> StoreFuture<'a, Turn> {
        if self.mood.load(Ordering::SeqCst) == TAKEN {
            let begun = self.store.begin(key, labels);
            return Box::pin(async { Ok(Turn { token: None, ..begun.await? }) });
        }
        self.moodily(self.store.begin(key, labels))
    }

    fn put<'a>(
        &'a self,
        key: &'a CacheKey,
        labels: &'a [Label],
        seal: &'a Seal,
        entry: &'a Entry,
        ttl: Duration,
    ) -> StoreFuture<'a, ()> {
        self.moodily(self.store.put(key, labels, seal, entry, ttl))
    }

    fn remove<'a>(&'a self, key: &'a CacheKey) -> StoreFuture<'a, ()> {
        self.moodily(self.store.remove(key))
    }

    fn end<'a>(&'a self, key: &'a CacheKey, token: u64) -> StoreFuture<'a, ()> {
        self.moodily(self.store.end(key, token))
    }

    fn revalidate<'a>(&'a self, labels: &'a [Label], mode: Mode) -> StoreFuture<'a, ()> {
        if self.mood.load(Ordering::SeqCst) == WORKS {
            return self.store.revalidate(labels, mode);
        }
        self.moodily(Box::pin(async { Ok(()) }))
    }

    fn listen(&self, listener: Arc<dyn Listener>) {
        self.listeners.lock().expect("no panic").push(Ears(Arc::clone(&listener)));
        if self.mood.load(Ordering::SeqCst) == WORKS {
            self.store.listen(listener);
        }
    }
}

#[route(GET, "/products", revalidate = 60, tags("products"), register = false)]
fn list(runs: State<Runs>) -> String {
    format!("list {}", runs.next())
}

#[route(GET, "/hurried", revalidate = 60, timeout = 1s, register = false)]
fn hurried() -> &'static str {
    "hurried"
}

#[route(POST, "/products", revalidates("products"), register = false)]
async fn create() -> StatusCode {
    StatusCode::CREATED
}

fn app(store: &Arc<Moody>) -> App {
    App::with(rutter::routes![list, hurried, create], |caching| {
        caching.store(Arc::clone(store)).patience(Duration::from_millis(50)).clock(rutter::Clock::system())
    })
}

#[tokio::test]
async fn while_the_store_fails_or_hangs_handlers_run() {
    for mood in [FAILS, HANGS] {
        let store = Moody::new();
        let app = app(&store);
        assert_eq!(app.text("/products").await, "list 1");
        assert_eq!(app.text("/products").await, "list 1");
        store.becomes(mood);
        for run in 2..6 {
            assert_eq!(app.text("/products").await, format!("list {run}"), "what others expire is not heard");
        }
        assert_eq!(app.client.post("/products").await.status(), 201);
        assert!(app.service.cache().stats().store_errors > 0);
        store.becomes(WORKS);
        until_kept(&app).await;
    }
}

/// The store is asked again after a pause, and what it has is served.
async fn until_kept(app: &App) {
    for _ in 0..500 {
        let text = app.text("/products").await;
        if app.text("/products").await == text {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing is kept any more");
}

#[tokio::test]
async fn an_instance_that_hangs_is_waited_for_no_longer_than_there_is_time() {
    let store = Moody::new();
    store.becomes(TAKEN);
    let app = app(&store);
    // At most a second, and half of what the route allows.
    for (target, least, most) in [("/products", 700, 2_500), ("/hurried", 400, 950)] {
        let asked = Instant::now();
        let answer = app.get(target).await;
        let took = asked.elapsed();
        assert_eq!(answer.status(), 200, "{target}");
        assert!(took >= Duration::from_millis(least), "{target} did not wait: {took:?}");
        assert!(took < Duration::from_millis(most), "{target} took {took:?}");
    }
}

/// What a thread without a runtime revalidates is told as soon as there is one.
#[tokio::test]
async fn a_plain_thread_can_revalidate_before_anything_has_listened() {
    let store = Moody::new();
    let (app, other) = (app(&store), app(&store));
    let old = other.text("/products").await;
    let service = app.service.clone();
    let thread = std::thread::spawn(move || {
        service.cache().tag("products");
    });
    thread.join().expect("no panic");
    app.service.cache().settled().await;
    assert_eq!(other.text("/products").await, "list 2", "{old} was expired");
    until_kept(&app).await;
    assert_eq!(app.text("/products").await, "list 2", "the store is used");
}

#[tokio::test]
async fn a_store_that_is_down_at_the_start_is_used_when_it_comes() {
    let store = Moody::new();
    store.becomes(FAILS);
    let app = app(&store);
    for run in 1..4 {
        assert_eq!(app.text("/products").await, format!("list {run}"));
    }
    store.becomes(WORKS);
    until_kept(&app).await;
}

#[tokio::test]
async fn what_is_expired_while_the_store_is_away_is_not_found_in_it_later() {
    let store = Moody::new();
    let (app, other) = (app(&store), app(&store));
    let old = app.text("/products").await;
    until(|| app.service.cache().stats().under_way == 0).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    store.becomes(FAILS);
    assert_eq!(app.client.post("/products").await.status(), 201);
    store.becomes(WORKS);
    app.service.cache().settled().await;
    until_kept(&app).await;
    assert_ne!(app.text("/products").await, old);
    until_kept(&other).await;
    let text = other.text("/products").await;
    assert!(other.runs.count() > 0 || text != old, "the store was told as soon as it answered");
}
