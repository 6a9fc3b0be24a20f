//! Two instances that share a store.

use core::time::Duration;
use std::sync::Arc;

use rutter::{Memory, prelude::*};
use tokio::sync::Semaphore;

use crate::{App, Runs, cache_status, until};

#[route(GET, "/products", revalidate = 60, tags("products"), register = false)]
fn list(runs: State<Runs>) -> String {
    format!("list {}", runs.next())
}

#[route(GET, "/slow", revalidate = 60, register = false)]
async fn slow(runs: State<Runs>, gate: State<Arc<Semaphore>>) -> String {
    gate.acquire().await.expect("open").forget();
    format!("run {}", runs.next())
}

#[route(POST, "/products", revalidates("products"), register = false)]
async fn create() -> StatusCode {
    StatusCode::CREATED
}

#[route(POST, "/revalidate", register = false)]
async fn revalidate(revalidate: Revalidate) {
    revalidate.stale().tag("products");
}

struct Two {
    a: App,
    b: App,
    gate: Arc<Semaphore>,
}

fn two() -> Two {
    let (store, gate) = (Arc::new(Memory::new(1024 * 1024)), Arc::new(Semaphore::new(0)));
    let app = || {
        let routes = rutter::routes![list, slow, create, revalidate].state(Arc::clone(&gate));
        App::with(routes, |caching| caching.store(Arc::clone(&store)))
    };
    Two { a: app(), b: app(), gate }
}

#[tokio::test]
async fn what_one_has_made_the_other_serves() {
    let Two { a, b, .. } = two();
    assert_eq!(a.text("/products").await, "list 1");
    until_shared(&a).await;
    a.later(5);
    b.later(5);
    let found = b.get("/products").await;
    assert_eq!((found.text(), cache_status(&found), found.header("age")), ("list 1", "rutter; hit; ttl=55", Some("5")));
    assert_eq!((a.runs.count(), b.runs.count()), (1, 0));
}

#[tokio::test]
async fn an_answer_from_the_future_lives_no_longer_than_its_time() {
    // A little: it counts as new. Far: nobody knows how old it is, so it is made anew.
    for (ahead, then) in [(1, 61), (3600, 0)] {
        let Two { a, b, .. } = two();
        a.later(ahead);
        a.get("/products").await;
        until_shared(&a).await;
        let found = b.get("/products").await;
        assert_eq!((found.text(), found.header("age")), ("list 1", Some("0")), "{ahead} s");
        b.later(then);
        assert_eq!(b.text("/products").await, "list 1");
        until(|| b.runs.count() == 1).await;
    }
}

/// What is given to others is given behind the answer.
async fn until_shared(app: &App) {
    until(|| app.service.cache().stats().under_way == 0).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
}

#[tokio::test]
async fn what_one_expires_the_next_request_to_the_other_sees() {
    let Two { a, b, .. } = two();
    for round in 0..50 {
        assert_eq!(a.text("/products").await, b.text("/products").await, "{round}");
        let runs = a.runs.count() + b.runs.count();
        assert_eq!(a.client.post("/products").await.status(), 201);
        b.get("/products").await;
        assert_eq!(a.runs.count() + b.runs.count(), runs + 1, "{round}: b was told before a answered");
        until_shared(&b).await;
    }
}

#[tokio::test]
async fn what_one_marks_stale_the_other_refreshes() {
    let Two { a, b, .. } = two();
    a.get("/products").await;
    until_shared(&a).await;
    b.get("/products").await;
    a.client.post("/revalidate").await;
    assert_eq!(b.text("/products").await, "list 1");
    until(|| b.runs.count() == 1).await;
}

#[tokio::test]
async fn one_flight_is_shared_by_both() {
    let Two { a, b, gate } = two();
    let asked = [&a, &b].map(|app| {
        let request = app.client.get("/slow");
        tokio::spawn(async move { request.await.text().to_owned() })
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    gate.add_permits(10);
    for asked in asked {
        assert_eq!(asked.await.expect("no panic"), "run 1");
    }
    assert_eq!(a.runs.count() + b.runs.count(), 1);
}
