//! Many requests at once run a handler once, and all of them get an answer.

use core::time::Duration;
use std::sync::Arc;

use rutter::{Caching, prelude::*};
use tokio::{io::AsyncWriteExt, sync::Semaphore, task::JoinSet};

use crate::{App, Runs, cache_status, common::start, until};

#[route(GET, "/slow", revalidate = 60, register = false)]
async fn slow(runs: State<Runs>, gate: State<Arc<Semaphore>>) -> String {
    gate.acquire().await.expect("open").forget();
    format!("run {}", runs.next())
}

#[route(GET, "/ready", register = false)]
fn ready(runs: State<Runs>) -> String {
    std::thread::sleep(Duration::from_millis(20));
    format!("run {}", runs.next())
}

#[route(GET, "/panics/[times]", revalidate = 60, register = false)]
async fn panics(times: usize, runs: State<Runs>, gate: State<Arc<Semaphore>>) -> String {
    gate.acquire().await.expect("open").forget();
    let run = runs.next();
    assert!(run > times, "as the test wants");
    format!("run {run}")
}

#[route(GET, "/late", revalidate = 60, timeout = 50ms, register = false)]
async fn late(runs: State<Runs>) -> String {
    if runs.next() == 1 {
        core::future::pending::<()>().await;
    }
    "in time".to_owned()
}

#[route(GET, "/hangs", revalidate = 60, register = false)]
async fn hangs(runs: State<Runs>) -> String {
    runs.next();
    core::future::pending().await
}

#[route(GET, "/cookie", revalidate = 60, register = false)]
async fn cookie(runs: State<Runs>, gate: State<Arc<Semaphore>>) -> impl IntoResponse {
    gate.acquire().await.expect("open").forget();
    let run = runs.next();
    ([("set-cookie", format!("run={run}"))], format!("run {run}"))
}

#[route(GET, "/fails", revalidate = 60, register = false)]
async fn fails(runs: State<Runs>, gate: State<Arc<Semaphore>>) -> Response {
    gate.acquire().await.expect("open").forget();
    format!("run {}", runs.next()).status(503).into_response()
}

fn app(permits: usize) -> (App, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(permits));
    let routes = rutter::routes![slow, ready, panics, late, hangs, cookie, fails].state(Arc::clone(&gate));
    (App::with(routes, |caching: Caching| caching.longest(Duration::from_millis(200))), gate)
}

/// The answers to this many requests at once.
fn ask(app: &App, path: &'static str, many: usize) -> JoinSet<(u16, String, String)> {
    let mut asked = JoinSet::new();
    for _ in 0..many {
        let request = app.client.get(path);
        asked.spawn(async move {
            let answer = request.await;
            (answer.status().as_u16(), answer.text().to_owned(), cache_status(&answer).to_owned())
        });
    }
    asked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_cold_requests_run_the_handler_once() {
    let (app, gate) = app(0);
    let asked = ask(&app, "/slow", 1_000);
    until(|| app.service.cache().stats().under_way == 1).await;
    gate.add_permits(1_000);
    let answers = asked.join_all().await;
    assert!(answers.iter().all(|(status, text, _)| (*status, text.as_str()) == (200, "run 1")));
    assert_eq!(app.runs.count(), 1);
    let stored = answers.iter().filter(|(_, _, how)| how == "rutter; fwd=miss; stored").count();
    assert_eq!(stored, 1, "one led");
    assert!(answers.iter().any(|(_, _, how)| how == "rutter; fwd=miss; collapsed"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_handler_that_never_waits_runs_once_too() {
    let (app, _) = app(0);
    let answers = ask(&app, "/ready", 1_000).join_all().await;
    assert!(answers.iter().all(|(_, text, _)| text == "run 1"));
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_connections_run_the_handler_once() {
    let runs = Runs::default();
    let gate = Arc::new(Semaphore::new(0));
    let server = start(rutter::routes![slow].state(runs.clone()).state(Arc::clone(&gate))).await;
    let server = Arc::new(server);
    let mut asked = JoinSet::new();
    for _ in 0..1_000 {
        let server = Arc::clone(&server);
        asked.spawn(async move { server.get("/slow").await.text() });
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    gate.add_permits(1_000);
    assert!(asked.join_all().await.iter().all(|text| text == "run 1"));
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn when_the_first_caller_leaves_the_others_still_get_an_answer() {
    let runs = Runs::default();
    let gate = Arc::new(Semaphore::new(0));
    let server = start(rutter::routes![slow].state(runs.clone()).state(Arc::clone(&gate))).await;
    let mut first = server.connect().await;
    first.write_all(b"GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("sent");
    tokio::time::sleep(Duration::from_millis(100)).await;
    drop(first);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let others = async { server.get("/slow").await.text() };
    let open = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        gate.add_permits(1);
    };
    let (text, ()) = tokio::join!(others, open);
    assert_eq!((text.as_str(), runs.count()), ("run 1", 1), "what the first began was not lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_handler_panics_once_those_who_wait_get_an_answer() {
    let (app, gate) = app(0);
    let asked = ask(&app, "/panics/1", 50);
    until(|| app.service.cache().stats().under_way == 1).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    gate.add_permits(1_000);
    let answers = asked.join_all().await;
    let good = answers.iter().filter(|(status, text, _)| (*status, text.as_str()) == (200, "run 2")).count();
    assert!(good >= 49, "{answers:?}");
    assert_eq!(app.runs.count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_handler_always_panics_nobody_waits_for_ever() {
    let (app, gate) = app(0);
    let asked = ask(&app, "/panics/1000000", 50);
    until(|| app.service.cache().stats().under_way == 1).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    gate.add_permits(1_000);
    assert!(asked.join_all().await.iter().all(|(status, _, _)| *status == 500));
    assert!(app.runs.count() <= 4, "{} runs for 50 requests", app.runs.count());
}

#[tokio::test]
async fn when_the_handler_is_late_once_those_who_come_next_get_an_answer() {
    let (app, _) = app(0);
    let (first, ()) = tokio::join!(app.get("/late"), tokio::task::yield_now());
    assert_eq!(first.status(), 503);
    assert_eq!(app.text("/late").await, "in time");
}

#[tokio::test]
async fn a_handler_that_hangs_is_given_up() {
    let (app, _) = app(0);
    for (status, _, _) in ask(&app, "/hangs", 20).join_all().await {
        assert_eq!(status, 503);
    }
    assert!(app.runs.count() <= 3, "{} runs", app.runs.count());
    until(|| app.service.cache().stats().under_way == 0).await;
}

#[tokio::test]
async fn an_answer_for_one_is_not_given_to_those_who_wait() {
    let (app, gate) = app(0);
    let asked = ask(&app, "/cookie", 20);
    until(|| app.service.cache().stats().under_way == 1).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    gate.add_permits(1_000);
    let mut texts: Vec<String> = asked.join_all().await.into_iter().map(|(_, text, _)| text).collect();
    texts.sort();
    texts.dedup();
    assert_eq!((texts.len(), app.runs.count()), (20, 20), "each has an answer of its own");
}

#[tokio::test]
async fn requests_for_what_cannot_be_shared_do_not_wait_for_each_other() {
    let (app, gate) = app(1);
    app.get("/cookie").await;
    let asked = ask(&app, "/cookie", 20);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(app.service.cache().stats().under_way, 0);
    gate.add_permits(20);
    assert_eq!(asked.join_all().await.len(), 20);
}

#[route(GET, "/pages/[id]", revalidate = 60, register = false)]
fn page(id: u64, runs: State<Runs>) -> Response {
    let text = format!("page {id}: run {}", runs.next());
    if id == 0 { ([("set-cookie", "a=b")], text).into_response() } else { text.into_response() }
}

#[tokio::test]
async fn an_answer_for_one_keeps_no_other_from_being_kept() {
    let app = App::new(rutter::routes![page]);
    assert_eq!(app.text("/pages/0").await, "page 0: run 1");
    assert_eq!(app.text("/pages/7").await, "page 7: run 2");
    assert_eq!(app.text("/pages/7").await, "page 7: run 2");
    assert_eq!(app.text("/pages/0").await, "page 0: run 3");
}

#[route(GET, "/parts/[id]", revalidate = 60, register = false)]
async fn part(id: u64, runs: State<Runs>) -> Response {
    tokio::time::sleep(Duration::from_millis(20)).await;
    let text = format!("part {id}: run {}", runs.next());
    if id == 0 { ([("set-cookie", "a=b")], text).into_response() } else { text.into_response() }
}

#[tokio::test]
async fn an_answer_for_one_parts_no_other_requests() {
    let app = App::new(rutter::routes![part]);
    app.get("/parts/0").await;
    let answers = ask(&app, "/parts/7", 100).join_all().await;
    assert!(answers.iter().all(|(_, text, _)| text == "part 7: run 2"), "{answers:?}");
}

/// A body that says that it is short, and is not.
struct Liar(usize);

impl http_body::Body for Liar {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: core::pin::Pin<&mut Self>,
        _: &mut core::task::Context<'_>,
    ) -> core::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        self.0 += 1;
        assert!(self.0 < 1_000, "nobody reads on for ever");
        core::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from(vec![0; 64 * 1024])))))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(10)
    }
}

#[route(GET, "/liar", revalidate = 60, register = false)]
fn liar() -> Response {
    rutter::http::Response::new(Liar(0)).into_response()
}

#[tokio::test]
async fn a_body_that_is_longer_than_it_says_is_given_up() {
    assert_eq!(App::new(rutter::routes![liar]).get("/liar").await.status(), 500);
}

#[tokio::test]
async fn a_failure_is_shared_by_those_who_wait_and_not_kept() {
    let (app, gate) = app(0);
    let asked = ask(&app, "/fails", 20);
    until(|| app.service.cache().stats().under_way == 1).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    gate.add_permits(1_000);
    assert!(asked.join_all().await.iter().all(|(status, text, _)| (*status, text.as_str()) == (503, "run 1")));
    assert_eq!(app.text("/fails").await, "run 2");
}
