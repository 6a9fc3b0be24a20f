//! Redis is down, dies, or freezes.

use std::time::Instant;

use rutter::{CacheStore, Redis, cache::Mode};

use crate::{
    redis_server::RedisServer,
    setting::{Ear, Heard, IN_TIME, body, every_call_fails_in_time, find, in_time, keep, labels, store, until},
};

#[tokio::test]
async fn an_application_starts_before_redis_does() {
    let Some(mut server) = RedisServer::prepare(&[]) else { return };
    let store = store(&server);
    let ear = Ear::of(&store);
    every_call_fails_in_time(&store).await;
    assert_eq!(ear.all(), [], "what was never heard is not lost");
    server.restart();
    until("the store works", async || keep(&store, "a", "x").await.is_ok()).await;
    until("the listener is found", async || ear.all() == [Heard::Found]).await;
    until("the entry is there", async || find(&store, "a").await.is_ok_and(|found| found.is_some())).await;
}

#[tokio::test]
async fn a_call_to_nobody_fails_at_once() {
    let Some(server) = RedisServer::prepare(&[]) else { return };
    let store = store(&server);
    let begun = Instant::now();
    for _ in 0..500 {
        find(&store, "a").await.expect_err("nobody is there");
    }
    // Each would take its 250 ms if it waited.
    assert!(begun.elapsed() < IN_TIME, "{:?} for 500 calls", begun.elapsed());
}

#[tokio::test]
async fn a_name_that_nobody_has_is_an_error_and_no_panic() {
    let store = Redis::new("redis://user:hunter2@no-such-host.invalid").expect("a URL");
    let error = in_time("get", find(&store, "a")).await.expect_err("nobody has the name").to_string();
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_redis_that_dies_is_lost_and_found_again() {
    let Some(mut server) = RedisServer::start() else { return };
    let store = store(&server);
    let ear = Ear::open(&store).await;
    until("an entry is kept", async || keep(&store, "a", "x").await.is_ok()).await;
    server.kill();
    until("the listener is lost", async || ear.transitions() == [Heard::Found, Heard::Lost]).await;
    every_call_fails_in_time(&store).await;
    server.restart();
    until("the listener is found", async || ear.transitions() == [Heard::Found, Heard::Lost, Heard::Found]).await;
    // It came back empty: what is gone is a miss.
    until("the store answers", async || find(&store, "a").await.is_ok()).await;
    until("a new entry is kept", async || keep(&store, "a", "y").await.is_ok()).await;
    until("and found", async || {
        find(&store, "a").await.is_ok_and(|found| found.is_some_and(|found| found.entry.body == "y"))
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_dies_often_comes_back_each_time() {
    let Some(mut server) = RedisServer::start() else { return };
    let store = store(&server);
    let ear = Ear::open(&store).await;
    for round in 1..=5 {
        server.kill();
        server.restart();
        until("it is lost and found", async || ear.transitions().len() == 2 * round + 1).await;
        until("an entry is kept", async || keep(&store, "a", "x").await.is_ok()).await;
    }
}

#[tokio::test]
async fn a_redis_that_freezes_costs_no_more_than_the_time_out() {
    let Some(server) = RedisServer::start() else { return };
    let store = store(&server);
    let ear = Ear::open(&store).await;
    until("an entry is kept", async || keep(&store, "a", "x").await.is_ok()).await;
    server.stop();
    every_call_fails_in_time(&store).await;
    until("the listener is lost", async || ear.transitions() == [Heard::Found, Heard::Lost]).await;
    server.cont();
    until("the listener is found", async || ear.transitions().last() == Some(&Heard::Found)).await;
    // Nothing was lost, but what was asked for while it was frozen is done when it thaws: `remove` and `revalidate`.
    until("an entry is kept", async || keep(&store, "a", "y").await.is_ok()).await;
    until("and found", async || find(&store, "a").await.is_ok_and(|found| found.is_some())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_to_a_frozen_redis_fail_together() {
    let Some(server) = RedisServer::start() else { return };
    let store = std::sync::Arc::new(store(&server));
    keep(&store, "a", "x").await.expect("Redis answers");
    server.stop();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..500 {
        let store = std::sync::Arc::clone(&store);
        calls.spawn(async move { find(&store, "a").await });
    }
    let all = in_time("500 calls", calls.join_all()).await;
    assert!(all.iter().all(Result::is_err), "none can have been answered");
    server.cont();
    until("the store works", async || find(&store, "a").await.is_ok_and(|found| found.is_some())).await;
}

#[tokio::test]
async fn a_revalidation_that_was_not_written_is_an_error_until_it_is() {
    let Some(mut server) = RedisServer::start() else { return };
    let store = store(&server);
    keep(&store, "a", "x").await.expect("Redis answers");
    server.kill();
    store.revalidate(&labels(), Mode::Expire).await.expect_err("nobody is there");
    server.restart();
    until("it is written", async || store.revalidate(&labels(), Mode::Expire).await.is_ok()).await;
    assert_eq!(body(&store, "a").await, None);
}

/// A store may be made before there is a runtime, and outlive one.
#[test]
fn a_store_belongs_to_no_runtime() {
    let Some(server) = RedisServer::start() else { return };
    let store = crate::setting::patient(&server);
    for round in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let round = round.to_string();
            until("an entry is kept", async || keep(&store, "a", &round).await.is_ok()).await;
            assert_eq!(body(&store, "a").await.as_deref(), Some(round.as_bytes()));
        });
    }
}
