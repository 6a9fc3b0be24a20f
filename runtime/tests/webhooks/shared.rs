//! Instances that share a Redis handle an event once together.

use rutter::{
    Caching, Redis,
    webhook::{Claim, EventKey, Ledger},
};

use crate::{redis_server::RedisServer, *};

const LEASE: Duration = Duration::from_secs(300);

fn redis(server: &RedisServer) -> Arc<Redis> {
    let redis = Redis::new(&server.url()).expect("a URL").prefix("test").timeout(Duration::from_secs(5));
    Arc::new(redis)
}

fn key(id: &str) -> EventKey {
    EventKey::new("Stripe", "/hooks", id)
}

async fn claim(redis: &Redis, id: &str, token: u64) -> Claim {
    redis.claim(&key(id), token, LEASE).await.expect("Redis answers")
}

/// One that keeps its answers there, too.
async fn instance(server: &RedisServer) -> App {
    let redis = redis(server);
    let caching = Caching::default().store(Arc::clone(&redis));
    App::of(routes![hook, patient].caching(caching).state(stripe().once_in(redis))).await
}

#[tokio::test]
async fn an_event_is_handled_by_one_of_two_instances() {
    let Some(server) = RedisServer::start() else { return };
    let (a, b) = (instance(&server).await, instance(&server).await);
    assert_eq!(a.deliver("evt_1", "well").await.status(), 202);
    until("b knows", async || b.deliver("evt_1", "well").await.text() == REPEATED).await;
    assert_eq!((a.runs.count(), b.runs.count()), (1, 0));

    assert_eq!(a.deliver("evt_2", "fail").await.status(), 502);
    until("b may", async || b.deliver("evt_2", "well").await.status() == 202).await;
    until("a knows", async || a.deliver("evt_2", "well").await.text() == REPEATED).await;
    assert_eq!((a.runs.count(), b.runs.count()), (2, 1));
}

#[tokio::test]
async fn an_event_that_one_instance_handles_comes_again_at_the_other() {
    let Some(server) = RedisServer::start() else { return };
    let (a, b) = (instance(&server).await, instance(&server).await);
    let mut first = a.begin("/patient/a", "evt_1", "wait").await;
    assert_eq!(b.deliver_to("/patient/a", "evt_1", "well").await.status(), 409);
    a.gate.0.notify_one();
    assert_eq!(Answer::read(&mut first).await.status(), 202);
    until("b knows", async || b.deliver_to("/patient/a", "evt_1", "well").await.text() == REPEATED).await;
    assert_eq!(b.runs.count(), 0);
}

#[tokio::test]
async fn an_instance_that_ends_has_written_down_what_it_has_handled() {
    let Some(server) = RedisServer::start() else { return };
    let (a, b) = (instance(&server).await, instance(&server).await);
    assert_eq!(a.deliver("evt_1", "well").await.status(), 202);
    a.server.stop().await;
    assert_eq!(b.deliver("evt_1", "well").await.text(), REPEATED);
}

#[tokio::test]
async fn while_redis_is_away_events_are_handled_all_the_same() {
    let Some(mut server) = RedisServer::start() else { return };
    let app = instance(&server).await;
    assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
    server.kill();
    for run in 2..4 {
        assert_eq!(app.deliver("evt_1", "well").await.status(), 202);
        assert_eq!(app.runs.count(), run);
    }
    server.restart();
    until("it is handled once again", async || app.deliver("evt_2", "well").await.text() == REPEATED).await;
}

#[tokio::test]
async fn a_claim_is_the_one_who_holds_its_token() {
    let Some(server) = RedisServer::start() else { return };
    let redis = redis(&server);
    assert_eq!(claim(&redis, "a", 1).await, Claim::Granted);
    assert_eq!(claim(&redis, "a", 1).await, Claim::Granted, "a command that was sent twice");
    assert_eq!(claim(&redis, "a", 2).await, Claim::InProgress);
    redis.release(&key("a"), 2).await.expect("Redis answers");
    assert_eq!(claim(&redis, "a", 2).await, Claim::InProgress);
    redis.release(&key("a"), 1).await.expect("Redis answers");
    assert_eq!(claim(&redis, "a", 2).await, Claim::Granted);
    redis.finish(&key("a"), 2, LEASE).await.expect("Redis answers");
    redis.release(&key("a"), 2).await.expect("Redis answers");
    assert_eq!(claim(&redis, "a", 3).await, Claim::Done);
    assert_eq!(claim(&redis, "b", 3).await, Claim::Granted);
}

#[tokio::test]
async fn a_claim_that_has_run_out_cannot_release_the_next_one() {
    let Some(server) = RedisServer::start() else { return };
    let redis = redis(&server);
    let short = Duration::from_millis(30);
    assert_eq!(redis.claim(&key("a"), 1, short).await.expect("Redis answers"), Claim::Granted);
    until("it runs out", async || claim(&redis, "a", 2).await == Claim::Granted).await;
    redis.release(&key("a"), 1).await.expect("Redis answers");
    assert_eq!(claim(&redis, "a", 3).await, Claim::InProgress);
    redis.finish(&key("a"), 2, short).await.expect("Redis answers");
    until("it is forgotten", async || claim(&redis, "a", 3).await == Claim::Granted).await;
    // No time at all is a millisecond, and more than Redis can count is a year.
    for window in [Duration::ZERO, Duration::MAX] {
        redis.finish(&key("a"), 3, window).await.expect("Redis takes it");
    }
    assert_eq!(claim(&redis, "a", 4).await, Claim::Done);
}

#[tokio::test]
async fn what_somebody_else_has_written_is_no_claim() {
    let Some(server) = RedisServer::start() else { return };
    let redis = redis(&server);
    let mut raw = server.raw();
    let at = format!("test:w:{}", key("a"));
    for (what, value, lasts) in [("garbage", "garbage", true), ("done forever", "done", false), ("", "", true)] {
        let mut set = redis::cmd("SET");
        set.arg(&at).arg(value);
        if lasts {
            set.arg("EX").arg(60);
        }
        set.exec(&mut raw).expect("Redis answers");
        assert_eq!(claim(&redis, "a", 1).await, Claim::Granted, "{what}");
    }
    redis::cmd("DEL").arg(&at).exec(&mut raw).expect("Redis answers");
    redis::cmd("LPUSH").arg(&at).arg("x").exec(&mut raw).expect("Redis answers");
    assert_eq!(claim(&redis, "a", 1).await, Claim::Granted);
    redis.finish(&key("a"), 1, LEASE).await.expect("Redis answers");
    let left: i64 = redis::cmd("PTTL").arg(&at).query(&mut raw).expect("Redis answers");
    assert!(left > 0, "every key expires");
}
