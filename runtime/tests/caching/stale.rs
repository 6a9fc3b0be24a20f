//! A stale answer is served at once, and made anew behind it.

use core::sync::atomic::{AtomicU16, Ordering};
use std::sync::Arc;

use rutter::prelude::*;
use tokio::sync::Semaphore;

use crate::{App, Runs, cache_status, until};

/// What the handler does next.
#[derive(Clone)]
struct Mood {
    status: Arc<AtomicU16>,
    /// A run waits for a permit.
    gate: Arc<Semaphore>,
}

impl Mood {
    fn open() -> Self {
        Mood { status: Arc::new(AtomicU16::new(200)), gate: Arc::new(Semaphore::new(1_000_000)) }
    }

    fn closed() -> Self {
        Mood { gate: Arc::new(Semaphore::new(0)), ..Mood::open() }
    }

    fn becomes(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }
}

const PANIC: u16 = 1;

async fn moody(runs: &Runs, mood: &Mood) -> Response {
    mood.gate.acquire().await.expect("open").forget();
    let run = runs.next();
    match mood.status.load(Ordering::SeqCst) {
        PANIC => panic!("as the test wants"),
        200 => format!("run {run}").into_response(),
        507 => ([("cache-control", "no-store")], format!("run {run}")).status(507).into_response(),
        207 => ([("set-cookie", "a=b")], format!("run {run}")).into_response(),
        status => format!("run {run}").status(status).into_response(),
    }
}

#[route(GET, "/minute", revalidate = 60, register = false)]
async fn minute(runs: State<Runs>, mood: State<Mood>) -> Response {
    moody(&runs, &mood).await
}

#[route(GET, "/bounded", revalidate = 60, stale_for = 30s, register = false)]
async fn bounded(runs: State<Runs>, mood: State<Mood>) -> Response {
    moody(&runs, &mood).await
}

/// One that never waits.
#[route(GET, "/ready", revalidate = 60, register = false)]
fn ready(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

fn app(mood: &Mood) -> App {
    App::new(rutter::routes![minute, bounded, ready].state(mood.clone()))
}

#[tokio::test]
async fn a_stale_answer_is_served_while_one_request_refreshes_it() {
    let mood = Mood::closed();
    let app = app(&mood);
    mood.gate.add_permits(1);
    assert_eq!(app.text("/minute").await, "run 1");
    app.later(60);
    for _ in 0..10 {
        let stale = app.get("/minute").await;
        assert_eq!((stale.text(), cache_status(&stale)), ("run 1", "rutter; hit; ttl=0"));
    }
    app.later(5);
    assert_eq!(cache_status(&app.get("/minute").await), "rutter; hit; ttl=-5");
    assert_eq!(app.runs.count(), 1, "the refresh waits at the gate");
    mood.gate.add_permits(1_000);
    until(|| app.runs.count() == 2).await;
    until(|| app.service.cache().stats().under_way == 0).await;
    let fresh = app.get("/minute").await;
    assert_eq!(fresh.text(), "run 2");
    assert!(cache_status(&fresh).starts_with("rutter; hit; ttl="));
    assert_eq!(app.runs.count(), 2, "one refresh for all of them");
}

#[tokio::test]
async fn a_handler_that_never_waits_is_refreshed_behind_the_answer_too() {
    let app = app(&Mood::open());
    app.get("/ready").await;
    app.later(60);
    assert_eq!(app.text("/ready").await, "run 1");
    until(|| app.runs.count() == 2).await;
    until(|| app.service.cache().stats().under_way == 0).await;
    assert_eq!(app.text("/ready").await, "run 2");
}

#[tokio::test]
async fn a_failed_refresh_keeps_the_last_good_answer_and_backs_off() {
    for failure in [500, 503, 507, 429, 408, PANIC] {
        let mood = Mood::open();
        let app = app(&mood);
        app.get("/minute").await;
        mood.becomes(failure);
        app.later(60);
        assert_eq!(app.text("/minute").await, "run 1");
        until(|| app.runs.count() == 2).await;
        until(|| app.service.cache().stats().under_way == 0).await;
        for _ in 0..5 {
            assert_eq!(app.text("/minute").await, "run 1", "{failure}");
        }
        tokio::task::yield_now().await;
        assert_eq!(app.runs.count(), 2, "after a failure the next one waits");
        mood.becomes(200);
        app.later(2);
        assert_eq!(app.text("/minute").await, "run 1");
        until(|| app.runs.count() == 3).await;
        until(|| app.service.cache().stats().under_way == 0).await;
        assert_eq!(app.text("/minute").await, "run 3", "{failure}");
    }
}

#[tokio::test]
async fn past_its_bound_a_stale_answer_is_not_served() {
    let mood = Mood::open();
    let app = app(&mood);
    app.get("/bounded").await;
    app.later(89);
    assert_eq!(app.text("/bounded").await, "run 1");
    until(|| app.runs.count() == 2 && app.service.cache().stats().under_way == 0).await;
    mood.becomes(500);
    app.later(90);
    let gone = app.get("/bounded").await;
    assert_eq!((gone.status().as_u16(), gone.text()), (500, "run 3"));
    mood.becomes(200);
    assert_eq!(app.text("/bounded").await, "run 4");
}

#[tokio::test]
async fn a_500_never_replaces_a_good_answer() {
    let mood = Mood::open();
    let app = app(&mood);
    app.get("/minute").await;
    mood.becomes(500);
    for _ in 0..20 {
        app.later(100);
        assert_eq!(app.text("/minute").await, "run 1");
        until(|| app.service.cache().stats().under_way == 0).await;
    }
}

#[tokio::test]
async fn what_becomes_private_is_forgotten() {
    for (status, told) in [(207, "run 3"), (403, "run 3")] {
        let mood = Mood::open();
        let app = app(&mood);
        app.get("/minute").await;
        mood.becomes(status);
        app.later(60);
        assert_eq!(app.text("/minute").await, "run 1");
        until(|| app.runs.count() == 2 && app.service.cache().stats().under_way == 0).await;
        assert_eq!(app.text("/minute").await, told, "{status}");
    }
}

#[tokio::test]
async fn what_is_gone_replaces_what_was_there() {
    let mood = Mood::open();
    let app = app(&mood);
    app.get("/minute").await;
    mood.becomes(404);
    app.later(60);
    app.get("/minute").await;
    until(|| app.runs.count() == 2 && app.service.cache().stats().under_way == 0).await;
    let gone = app.get("/minute").await;
    assert_eq!((gone.status().as_u16(), gone.text()), (404, "run 2"));
}
