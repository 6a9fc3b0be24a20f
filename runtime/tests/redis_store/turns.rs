//! A turn lasts as long as its handler, and no longer than its process.

use core::time::Duration;

use rutter::CacheStore;
use tokio::time::sleep;

use crate::{
    redis_server::RedisServer,
    setting::{key, labels, patient, until},
};

#[tokio::test]
async fn a_turn_is_held_for_longer_than_a_token_lasts() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    let turn = one.begin(&key("a"), &labels()).await.expect("Redis answers");
    for _ in 0..10 {
        sleep(Duration::from_millis(500)).await;
        let other = two.begin(&key("a"), &labels()).await.expect("Redis answers");
        assert_eq!(other.token, None, "a handler that takes 5 s has its turn for all of them");
    }
    one.end(&key("a"), turn.token.expect("a turn")).await.expect("Redis answers");
    let other = two.begin(&key("a"), &labels()).await.expect("Redis answers");
    assert!(other.token.is_some());
}

#[tokio::test]
async fn a_turn_ends_with_its_store() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    one.begin(&key("a"), &labels()).await.expect("Redis answers").token.expect("a turn");
    drop(one);
    until("the turn has ended", async || two.begin(&key("a"), &labels()).await.expect("Redis answers").token.is_some())
        .await;
}

#[tokio::test]
async fn a_turn_whose_end_could_not_be_told_ends_by_itself() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    let token = one.begin(&key("a"), &labels()).await.expect("Redis answers").token.expect("a turn");
    drop(one.end(&key("a"), token));
    until("the turn has ended", async || two.begin(&key("a"), &labels()).await.expect("Redis answers").token.is_some())
        .await;
}

#[tokio::test]
async fn a_turn_that_was_taken_away_is_not_renewed() {
    let Some(server) = RedisServer::start() else { return };
    let (one, two) = (patient(&server), patient(&server));
    one.begin(&key("a"), &labels()).await.expect("Redis answers").token.expect("a turn");
    redis::cmd("DEL").arg("test:t:a").exec(&mut server.raw()).expect("Redis answers");
    let token = two.begin(&key("a"), &labels()).await.expect("Redis answers").token.expect("a turn");
    sleep(Duration::from_millis(1500)).await;
    let stored: Vec<u8> = redis::cmd("GET").arg("test:t:a").query(&mut server.raw()).expect("Redis answers");
    assert_eq!(stored, token.to_le_bytes());
}
