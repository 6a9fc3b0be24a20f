//! What work may do: hand over more, revalidate, fail and panic without harm.

use core::sync::atomic::{AtomicU32, Ordering};

use rutter::{Revalidate, routes};

use crate::*;

#[route(POST, "/panics", register = false)]
fn panics(after: After, log: State<Log>) {
    let (before, behind) = (log.clone(), log.clone());
    after.run(async move { before.say("before") });
    after.run(async { panic!("on purpose") });
    after.run(async move {
        let _panics = PanicsWhenDropped;
        behind.say("behind");
    });
    after.try_run(async { Err(rutter::Error::new("on purpose")) });
    after.try_run(async move {
        log.say("tried");
        Ok(())
    });
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("on purpose");
    }
}

#[route(POST, "/more", register = false)]
fn more(after: After, log: State<Log>) {
    let again = after.clone();
    after.run(async move {
        log.say("one");
        let third = again.clone();
        again.run(async move {
            log.say("two");
            third.run(async move { log.say("three") });
        });
    });
}

static MADE: AtomicU32 = AtomicU32::new(0);

#[route(GET, "/count", tags("count"), register = false)]
fn count() -> String {
    MADE.fetch_add(1, Ordering::SeqCst).to_string()
}

#[route(POST, "/count", register = false)]
fn recount(after: After, revalidate: Revalidate, log: State<Log>, gate: State<Gate>) {
    after.run(async move {
        gate.opens().await;
        revalidate.tag("count");
        log.say("revalidated");
    });
}

#[tokio::test]
async fn a_panic_ends_the_work_that_panics_and_nothing_else() {
    let (server, mut heard, _) = start(routes![panics]).await;
    for _ in 0..2 {
        assert_eq!(server.send("POST /panics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.status(), 204);
        let mut words = [heard.next().await, heard.next().await, heard.next().await];
        words.sort_unstable();
        assert_eq!(words, ["before", "behind", "tried"]);
    }
    server.stop().await;
}

#[tokio::test]
async fn work_may_hand_over_more_work() {
    let (server, mut heard, _) = start(routes![more]).await;
    assert_eq!(server.send("POST /more HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.status(), 204);
    assert_eq!([heard.next().await, heard.next().await, heard.next().await], ["one", "two", "three"]);
}

#[tokio::test]
async fn work_may_revalidate_what_is_kept() {
    let (server, mut heard, gate) = start(routes![count, recount]).await;
    assert_eq!(server.get("/count").await.text(), "0");
    assert_eq!(server.send("POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.status(), 204);
    // The POST itself expires its own path (RFC 9111 §4.4).
    assert_eq!(server.get("/count").await.text(), "1");
    assert_eq!(server.get("/count").await.text(), "1");
    gate.open();
    assert_eq!(heard.next().await, "revalidated");
    assert_eq!(server.get("/count").await.text(), "2");
}

#[tokio::test]
async fn a_handler_is_called_in_a_unit_test_as_it_is() {
    let after = After::default();
    let (said, saying) = tokio::sync::oneshot::channel();
    after.run(async move { said.send("done").expect("somebody listens") });
    assert_eq!(saying.await, Ok("done"));
}
