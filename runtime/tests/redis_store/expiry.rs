//! Nothing stays forever.

use core::time::Duration;

use redis::Connection;
use rutter::{
    CacheStore,
    cache::{Label, Mode},
};

use crate::{
    redis_server::RedisServer,
    setting::{body, entry, keep, key, labels, patient},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Every key with its rest of life, in milliseconds.
fn lives(raw: &mut Connection) -> Vec<(String, i64)> {
    let keys: Vec<Vec<u8>> = redis::cmd("KEYS").arg("*").query(raw).expect("Redis answers");
    let life = |key: Vec<u8>| {
        let life = redis::cmd("PTTL").arg(&key).query(raw).expect("Redis answers");
        (String::from_utf8_lossy(&key).into_owned(), life)
    };
    keys.into_iter().map(life).collect()
}

#[tokio::test]
async fn every_key_expires_whatever_was_done() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    for number in 0..200 {
        let (key, name) = (key(&number.to_string()), (number % 7).to_string());
        let labels = [Label::all(), Label::path(&name), Label::tag(&name)];
        let turn = one.begin(&key, &labels).await.expect("Redis answers");
        if number % 3 == 0 {
            let mode = if number % 2 == 0 { Mode::Expire } else { Mode::Stale };
            two.revalidate(&labels[1..], mode).await.expect("Redis answers");
        }
        two.put(&key, &labels, &turn.seal, &entry("x"), Duration::MAX).await.expect("Redis answers");
        two.begin(&key, &labels).await.expect("Redis answers");
        if number % 5 != 0 {
            one.end(&key, turn.token.unwrap_or_default()).await.expect("Redis answers");
        }
    }
    let lives = lives(&mut server.raw());
    assert!(lives.len() > 200, "{} keys", lives.len());
    for (key, life) in lives {
        let longest = match key.get(..7) {
            Some("test:e:") => 7 * DAY,
            Some("test:v:") => 8 * DAY,
            Some("test:t:") => 3000,
            _ => 0,
        };
        assert!(life > 0 && life <= longest, "`{key}` lives for {life} ms");
    }
}

#[tokio::test]
async fn a_version_outlives_its_entries() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "x").await.expect("Redis answers");
    let mut raw = server.raw();
    // Almost gone, had nobody begun again: a stale mark keeps the rest of life, a computation renews it.
    let expire = redis::cmd("PEXPIRE").arg("test:v:#products").arg(DAY).exec(&mut raw);
    expire.expect("Redis answers");
    store.revalidate(&[Label::tag("products")], Mode::Stale).await.expect("Redis answers");
    let life = |raw: &mut Connection| {
        let life = lives(raw).into_iter().find(|(key, _)| key == "test:v:#products");
        life.expect("the version is there").1
    };
    assert!(life(&mut raw) <= DAY);
    store.begin(&key("b"), &labels()).await.expect("Redis answers");
    assert!(life(&mut raw) > 7 * DAY);
}

#[tokio::test]
async fn an_entry_for_no_time_is_not_kept() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "old").await.expect("Redis answers");
    let seal = store.begin(&key("a"), &labels()).await.expect("Redis answers").seal;
    for ttl in [Duration::ZERO, Duration::from_nanos(1)] {
        store.put(&key("a"), &labels(), &seal, &entry("new"), ttl).await.expect("Redis answers");
        assert_eq!(body(&store, "a").await, None);
    }
}
