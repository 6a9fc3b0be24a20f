//! Redis answers, and refuses: full, read-only, behind a password.

use rutter::{CacheStore, Redis, cache::Mode};

use crate::{
    redis_server::RedisServer,
    setting::{Ear, Heard, body, entry, find, keep, key, labels, patient, until},
};

/// Leaves it less room than it uses already.
fn fill(server: &RedisServer) {
    let mut raw = server.raw();
    redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg("100kb").exec(&mut raw).expect("it can be set");
    redis::cmd("SET").arg("more").arg("x").exec(&mut raw).expect_err("it is full");
}

#[tokio::test]
async fn a_full_redis_still_finds_and_expires() {
    let Some(server) = RedisServer::start_with(&["--maxmemory-policy", "noeviction"]) else { return };
    let store = patient(&server);
    for name in ["a", "b"] {
        keep(&store, name, "x").await.expect("there is room");
    }
    fill(&server);
    assert_eq!(body(&store, "a").await.as_deref(), Some(&b"x"[..]));
    store.begin(&key("c"), &labels()).await.expect_err("there is no room");
    let seal = rutter::cache::Seal::default();
    let ttl = core::time::Duration::from_secs(60);
    store.put(&key("c"), &labels(), &seal, &entry("y"), ttl).await.expect_err("there is no room");
    store.revalidate(&labels(), Mode::Expire).await.expect("deleting takes no room");
    assert_eq!(body(&store, "a").await, None);
    assert_eq!(body(&store, "b").await, None);
    store.remove(&key("a")).await.expect("deleting takes no room");
    let mut raw = server.raw();
    redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg("0").exec(&mut raw).expect("it can be set");
    keep(&store, "a", "z").await.expect("there is room again");
    assert_eq!(body(&store, "a").await.as_deref(), Some(&b"z"[..]));
}

#[tokio::test]
async fn a_stale_mark_in_a_full_redis_expires_instead() {
    let Some(server) = RedisServer::start_with(&["--maxmemory-policy", "noeviction"]) else { return };
    let (one, two) = (patient(&server), patient(&server));
    let ear = Ear::open(&two).await;
    keep(&one, "a", "x").await.expect("there is room");
    fill(&server);
    one.revalidate(&labels(), Mode::Stale).await.expect("deleting takes no room");
    assert_eq!(body(&one, "a").await, None, "what cannot be marked is not served as if it were new");
    assert!(ear.all().contains(&Heard::Revalidated(labels().to_vec(), Mode::Stale)));
}

#[tokio::test]
async fn a_read_only_redis_finds_and_passes_messages_on() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    let ear = Ear::open(&two).await;
    keep(&one, "a", "x").await.expect("it can be written to");
    // Its primary is nowhere: it keeps what it has and takes no writes.
    let mut raw = server.raw();
    redis::cmd("REPLICAOF").arg("127.0.0.1").arg(1).exec(&mut raw).expect("it can be set");
    assert_eq!(body(&one, "a").await.as_deref(), Some(&b"x"[..]));
    one.begin(&key("a"), &labels()).await.expect_err("it is read-only");
    for mode in [Mode::Expire, Mode::Stale] {
        one.revalidate(&labels(), mode).await.expect_err("it is read-only");
        assert_eq!(ear.all().last(), Some(&Heard::Unwritten(labels().to_vec(), mode)), "it was not passed on");
    }
    redis::cmd("REPLICAOF").arg("NO").arg("ONE").exec(&mut raw).expect("it can be set");
    one.revalidate(&labels(), Mode::Expire).await.expect("it can be written to");
    assert_eq!(ear.all().last(), Some(&Heard::Revalidated(labels().to_vec(), Mode::Expire)));
    assert_eq!(body(&one, "a").await, None);
    keep(&one, "a", "y").await.expect("it can be written to");
    assert_eq!(body(&one, "a").await.as_deref(), Some(&b"y"[..]));
}

#[tokio::test]
async fn a_redis_that_lacks_replicas_takes_no_writes_until_it_has_them() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "x").await.expect("it can be written to");
    let mut raw = server.raw();
    redis::cmd("CONFIG").arg("SET").arg("min-replicas-to-write").arg(1).exec(&mut raw).expect("it can be set");
    store.begin(&key("a"), &labels()).await.expect_err("it takes no writes");
    store.revalidate(&labels(), Mode::Expire).await.expect_err("it takes no writes");
    assert_eq!(body(&store, "a").await.as_deref(), Some(&b"x"[..]));
    redis::cmd("CONFIG").arg("SET").arg("min-replicas-to-write").arg(0).exec(&mut raw).expect("it can be set");
    keep(&store, "a", "y").await.expect("it takes writes");
}

#[tokio::test]
async fn a_wrong_password_is_an_error_until_it_is_right() {
    let Some(server) = RedisServer::start() else { return };
    let url = server.url().replace("redis://", "redis://:hunter2@");
    let store = Redis::new(&url).expect("a URL").timeout(crate::setting::IN_TIME);
    let ear = Ear::of(&store);
    // Redis asks for no password yet, and refuses to be told one.
    let error = find(&store, "a").await.expect_err("it is wrong").to_string();
    assert!(!error.contains("hunter2"), "{error}");
    let mut raw = server.raw();
    redis::cmd("CONFIG").arg("SET").arg("requirepass").arg("hunter2").exec(&mut raw).expect("it can be set");
    until("the store works", async || keep(&store, "a", "x").await.is_ok()).await;
    until("the listener is found", async || ear.all() == [Heard::Found]).await;
}

#[tokio::test]
async fn a_redis_that_has_too_many_clients_is_tried_again() {
    let Some(server) = RedisServer::start() else { return };
    let mut raw = server.raw();
    redis::cmd("CONFIG").arg("SET").arg("maxclients").arg(1).exec(&mut raw).expect("it can be set");
    let store = patient(&server);
    find(&store, "a").await.expect_err("there is no place");
    redis::cmd("CONFIG").arg("SET").arg("maxclients").arg(100).exec(&mut raw).expect("it can be set");
    until("the store works", async || keep(&store, "a", "x").await.is_ok()).await;
}

#[tokio::test]
async fn a_user_with_the_rights_of_the_manual_can_do_everything() {
    let Some(server) = RedisServer::start() else { return };
    let mut user = redis::cmd("ACL");
    user.arg("SETUSER").arg("shop").arg("on").arg(">hunter2").arg("resetkeys").arg("~test:*").arg("resetchannels");
    user.arg("&test:*").arg("-@all");
    for command in ["mget", "set", "del", "pexpire", "pttl", "eval", "publish", "subscribe", "ping"] {
        user.arg(format!("+{command}"));
    }
    user.exec(&mut server.raw()).expect("it can be set");
    let url = server.url().replace("redis://", "redis://shop:hunter2@");
    let make = || Redis::new(&url).expect("a URL").prefix(crate::setting::PREFIX).timeout(crate::setting::IN_TIME);
    let (one, two) = (make(), make());
    let ear = Ear::open(&two).await;
    keep(&one, "a", "x").await.expect("it has the rights");
    assert_eq!(body(&two, "a").await.as_deref(), Some(&b"x"[..]));
    for mode in [Mode::Stale, Mode::Expire] {
        one.revalidate(&labels(), mode).await.expect("it has the rights");
        assert!(ear.all().contains(&Heard::Revalidated(labels().to_vec(), mode)));
    }
    one.remove(&key("a")).await.expect("it has the rights");
    let error = one.prefix("elsewhere").remove(&key("a")).await.expect_err("it has no others").to_string();
    assert!(error.contains("NOPERM") || error.contains("permission"), "{error}");
}
