//! What one instance revalidates, the others have heard when `revalidate` ends.

use core::time::Duration;
use std::time::Instant;

use redis::Commands;
use rutter::{
    CacheStore,
    cache::{Label, Mode},
};

use crate::{
    redis_server::RedisServer,
    setting::{Ear, Heard, IN_TIME, in_time, keep, labels, patient, until},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_revalidations_are_each_heard_before_they_end() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    let (own, ear) = (Ear::open(&one).await, Ear::open(&two).await);
    let begun = Instant::now();
    for number in 0..200 {
        let labels = vec![Label::tag(&number.to_string()), Label::path("/é")];
        let mode = if number % 2 == 0 { Mode::Expire } else { Mode::Stale };
        one.revalidate(&labels, mode).await.expect("Redis answers");
        assert_eq!(ear.all().last(), Some(&Heard::Revalidated(labels, mode)), "the {number}.");
    }
    eprintln!("200 revalidations took {:?}", begun.elapsed());
    assert_eq!(own.all(), [Heard::Found], "an instance is not told what it has done itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_revalidations_at_once_are_all_heard() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (std::sync::Arc::new(patient(&server)), patient(&server));
    let (_own, ear) = (Ear::open(&one).await, Ear::open(&two).await);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..100 {
        let one = std::sync::Arc::clone(&one);
        calls.spawn(async move { one.revalidate(&[Label::tag(&number.to_string())], Mode::Expire).await });
    }
    for outcome in in_time("100 revalidations", calls.join_all()).await {
        outcome.expect("Redis answers");
    }
    for number in 0..100 {
        let heard = Heard::Revalidated(vec![Label::tag(&number.to_string())], Mode::Expire);
        until("it is heard", async || ear.all().contains(&heard)).await;
    }
}

#[tokio::test]
async fn who_does_not_listen_can_revalidate() {
    let Some(server) = RedisServer::start() else { return };
    let (command, instance) = (patient(&server), patient(&server));
    let ear = Ear::open(&instance).await;
    keep(&instance, "a", "x").await.expect("Redis answers");
    command.revalidate(&labels(), Mode::Expire).await.expect("Redis answers");
    until("it is heard", async || ear.all().contains(&Heard::Revalidated(labels().to_vec(), Mode::Expire))).await;
}

#[tokio::test]
async fn one_that_never_answers_is_not_waited_for() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    let _ear = Ear::open(&store).await;
    // A subscriber that is counted and says nothing.
    let mut raw = server.raw();
    let mut dead = raw.as_pubsub();
    dead.subscribe("test:revalidated").expect("Redis answers");
    let begun = Instant::now();
    for _ in 0..5 {
        in_time("revalidate", store.revalidate(&labels(), Mode::Expire)).await.expect("Redis answers");
    }
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(500), "{took:?}: it was counted, and did not answer");
    assert!(took < IN_TIME, "{took:?} for five of 100 ms");
}

#[tokio::test]
async fn a_subscriber_that_redis_closes_is_lost_and_comes_back() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    let (_own, ear) = (Ear::open(&one).await, Ear::open(&two).await);
    let mut raw = server.raw();
    redis::cmd("CLIENT").arg("KILL").arg("TYPE").arg("pubsub").exec(&mut raw).expect("Redis answers");
    until("it is found again", async || ear.transitions() == [Heard::Found, Heard::Lost, Heard::Found]).await;
    one.revalidate(&labels(), Mode::Expire).await.expect("Redis answers");
    until("it hears", async || ear.all().contains(&Heard::Revalidated(labels().to_vec(), Mode::Expire))).await;
}

#[tokio::test]
async fn prefixes_are_apart() {
    let Some(server) = RedisServer::start() else { return };
    let (one, other) = (patient(&server), patient(&server).prefix("other"));
    let ear = Ear::open(&other).await;
    keep(&one, "a", "x").await.expect("Redis answers");
    keep(&other, "a", "y").await.expect("Redis answers");
    one.revalidate(&labels(), Mode::Expire).await.expect("Redis answers");
    assert_eq!(crate::setting::body(&one, "a").await, None);
    assert_eq!(crate::setting::body(&other, "a").await.as_deref(), Some(&b"y"[..]));
    assert_eq!(ear.all(), [Heard::Found]);
}

#[tokio::test]
async fn a_store_that_is_dropped_hears_no_more() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    let ear = Ear::open(&store).await;
    drop(store);
    until("the subscription is gone", async || {
        server.raw().publish::<_, _, u64>("test:revalidated", "x").is_ok_and(|listeners| listeners == 0)
    })
    .await;
    until("its connections are closed", async || {
        let clients: String = redis::cmd("CLIENT").arg("LIST").query(&mut server.raw()).expect("Redis answers");
        clients.lines().count() == 1
    })
    .await;
    assert_eq!(ear.all(), [Heard::Found, Heard::Lost], "whoever listened knows");
}
