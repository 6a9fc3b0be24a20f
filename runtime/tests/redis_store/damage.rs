//! Somebody else writes at our keys, or takes them away.

use redis::Connection;
use rutter::{
    CacheStore,
    cache::{Label, Mode},
};

use crate::{
    redis_server::RedisServer,
    setting::{Ear, Heard, body, find, keep, key, labels, patient, until},
};

fn keys(raw: &mut Connection, pattern: &str) -> Vec<Vec<u8>> {
    redis::cmd("KEYS").arg(pattern).query(raw).expect("Redis answers")
}

fn read(raw: &mut Connection, key: &[u8]) -> Vec<u8> {
    redis::cmd("GET").arg(key).query(raw).expect("Redis answers")
}

fn write(raw: &mut Connection, key: &[u8], value: &[u8]) {
    redis::cmd("SET").arg(key).arg(value).exec(raw).expect("Redis answers");
}

#[tokio::test]
async fn an_entry_that_was_meddled_with_is_a_miss() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "hello").await.expect("Redis answers");
    let mut raw = server.raw();
    let at = keys(&mut raw, "test:e:*").remove(0);
    let good = read(&mut raw, &at);

    let mut damaged = vec![Vec::new(), b"garbage".to_vec(), b"{\"body\":\"hello\"}".to_vec(), vec![0; 1 << 20]];
    damaged.extend((0..good.len()).map(|len| good[..len].to_vec()));
    damaged.push([&good[..], b"x"].concat());
    for index in 0..good.len() {
        let mut flipped = good.clone();
        flipped[index] ^= 1 << (index % 8);
        damaged.push(flipped);
    }
    let mut foreign = good.clone();
    foreign[3] = 2;
    damaged.push(foreign);
    for value in damaged {
        write(&mut raw, &at, &value);
        let found = find(&store, "a").await.expect("a miss is no error");
        assert_eq!(found, None, "with {}", value[..value.len().min(200)].escape_ascii());
    }
    write(&mut raw, &at, &good);
    assert_eq!(body(&store, "a").await.as_deref(), Some(&b"hello"[..]));
}

#[tokio::test]
async fn an_entry_that_was_moved_to_another_key_is_a_miss() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "x").await.expect("Redis answers");
    let mut raw = server.raw();
    redis::cmd("RENAME").arg("test:e:a").arg("test:e:b").exec(&mut raw).expect("Redis answers");
    assert_eq!(body(&store, "a").await, None);
    assert_eq!(body(&store, "b").await, None);
}

#[tokio::test]
async fn keys_of_another_type_are_misses_and_are_replaced() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "x").await.expect("Redis answers");
    let mut raw = server.raw();
    for name in [keys(&mut raw, "test:e:*"), keys(&mut raw, "test:v:*")].concat() {
        redis::cmd("DEL").arg(&name).exec(&mut raw).expect("Redis answers");
        redis::cmd("LPUSH").arg(&name).arg("garbage").exec(&mut raw).expect("Redis answers");
        assert_eq!(body(&store, "a").await, None, "{}", name.escape_ascii());
        store.revalidate(&labels()[1..2], Mode::Stale).await.expect("nothing to mark is fine");
        keep(&store, "a", "y").await.expect("it is replaced");
        assert_eq!(body(&store, "a").await.as_deref(), Some(&b"y"[..]), "{}", name.escape_ascii());
    }
}

#[tokio::test]
async fn a_turn_that_nobody_can_end_is_taken() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    let mut raw = server.raw();
    redis::cmd("LPUSH").arg("test:t:list").arg("garbage").exec(&mut raw).expect("Redis answers");
    write(&mut raw, b"test:t:text", b"garbage");
    write(&mut raw, b"test:t:forever", b"12345678");
    for name in ["list", "text", "forever"] {
        let turn = store.begin(&key(name), &labels()).await.expect("Redis answers");
        assert!(turn.token.is_some(), "{name}");
        store.end(&key(name), turn.token.unwrap_or_default()).await.expect("it ends");
    }
    assert_eq!(keys(&mut raw, "test:t:*"), Vec::<Vec<u8>>::new());
}

#[tokio::test]
async fn a_version_that_was_evicted_or_meddled_with_is_a_miss() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    let mut raw = server.raw();
    keep(&store, "a", "x").await.expect("Redis answers");
    let versions = keys(&mut raw, "test:v:*");
    assert_eq!(versions.len(), 3);
    for version in &versions {
        for value in [None, Some(&b""[..]), Some(b"garbage"), Some(&[0; 15]), Some(&[0; 16]), Some(&[0; 17])] {
            keep(&store, "a", "x").await.expect("Redis answers");
            match value {
                None => redis::cmd("DEL").arg(version).exec(&mut raw).expect("Redis answers"),
                Some(value) => write(&mut raw, version, value),
            }
            assert_eq!(body(&store, "a").await, None, "{} is {value:?}", version.escape_ascii());
        }
    }
}

#[tokio::test]
async fn flushing_everything_is_a_miss() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    keep(&store, "a", "x").await.expect("Redis answers");
    let turn = store.begin(&key("a"), &labels()).await.expect("Redis answers");
    redis::cmd("FLUSHALL").exec(&mut server.raw()).expect("Redis answers");
    redis::cmd("SCRIPT").arg("FLUSH").exec(&mut server.raw()).expect("Redis answers");
    assert_eq!(body(&store, "a").await, None);
    // What was begun before is not found either.
    let ttl = core::time::Duration::from_secs(60);
    store.put(&key("a"), &labels(), &turn.seal, &crate::setting::entry("x"), ttl).await.expect("Redis answers");
    store.begin(&key("b"), &labels()).await.expect("Redis answers");
    assert_eq!(body(&store, "a").await, None);
    keep(&store, "a", "y").await.expect("Redis answers");
    assert_eq!(body(&store, "a").await.as_deref(), Some(&b"y"[..]));
}

#[tokio::test]
async fn a_message_that_cannot_be_read_expires_everything() {
    let Some(server) = RedisServer::start() else { return };
    let store = patient(&server);
    let ear = Ear::open(&store).await;
    let everything = Heard::Revalidated(vec![Label::all()], Mode::Expire);
    for message in [&b""[..], b"garbage", b"\x02what a later version says"] {
        let before = ear.all().len();
        let publish = redis::cmd("PUBLISH").arg("test:revalidated").arg(message).exec(&mut server.raw());
        publish.expect("Redis answers");
        until("it is heard", async || ear.all().len() > before).await;
        assert_eq!(ear.all().last(), Some(&everything));
    }
    // Garbage among the acknowledgements is nobody's.
    redis::cmd("PUBLISH").arg("test:ack:0000000000000000").arg("garbage").exec(&mut server.raw()).expect("it answers");
    keep(&store, "a", "x").await.expect("Redis answers");
}
