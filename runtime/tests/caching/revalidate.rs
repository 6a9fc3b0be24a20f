//! Revalidating on demand: by tag, by path, by the success of a route that changes something.

use std::sync::Arc;

use rutter::prelude::*;
use tokio::sync::Semaphore;

use crate::{App, Runs, cache_status, until};

#[route(GET, "/products", revalidate = 60, tags("products"), register = false)]
fn list(runs: State<Runs>) -> String {
    format!("list {}", runs.next())
}

#[route(GET, "/products/[id]", tags("products", "product:[id]"), register = false)]
pub(crate) fn product(id: &str, runs: State<Runs>) -> String {
    format!("{id}: {}", runs.next())
}

#[route(GET, "/docs/[...path]", tags("docs:[path]"), register = false)]
fn docs(path: Vec<String>, runs: State<Runs>) -> String {
    format!("{path:?}: {}", runs.next())
}

#[route(GET, "/time", register = false)]
fn time(runs: State<Runs>) -> String {
    format!("time {}", runs.next())
}

#[route(POST, "/products", revalidates("products"), register = false)]
pub(crate) async fn create(body: String) -> Response {
    tokio::task::yield_now().await;
    match body.as_str() {
        "bad" => "no".status(422).into_response(),
        "worse" => "no".status(500).into_response(),
        id => Created::at(product::path(id), "made").into_response(),
    }
}

#[route(PATCH, "/products/[id]", revalidates("product:[id]"), register = false)]
fn change(id: &str) -> String {
    id.to_owned()
}

#[route(PUT, "/products/[id]", register = false)]
fn replace(id: &str) -> String {
    id.to_owned()
}

#[route(DELETE, "/time", register = false)]
fn forget() -> NoContent {
    NoContent
}

#[route(POST, "/revalidate/[what]/[name]", register = false)]
fn revalidate(what: &str, name: &str, revalidate: Revalidate) {
    let stale = revalidate.stale();
    match what {
        "tag" => revalidate.tag(name),
        "path" => revalidate.path(format!("/{name}")),
        "stale-tag" => stale.tag(name),
        _ => revalidate.everything(),
    };
}

fn app() -> App {
    App::new(rutter::routes![list, product, docs, time, create, change, replace, forget, revalidate])
}

#[tokio::test]
async fn a_success_expires_the_tags_that_its_route_names() {
    let app = app();
    assert_eq!(app.text("/products").await, "list 1");
    assert_eq!(app.text("/products/7").await, "7: 2");
    assert_eq!(app.text("/time").await, "time 3");
    assert_eq!(app.client.post("/products").body("8").await.status(), 201);
    assert_eq!(app.text("/products").await, "list 4");
    assert_eq!(app.text("/products/7").await, "7: 5");
    assert_eq!(app.text("/time").await, "time 3", "what has another tag stays");
}

#[tokio::test]
async fn a_failure_expires_nothing() {
    let app = app();
    app.get("/products").await;
    for body in ["bad", "worse"] {
        app.client.post("/products").body(body).await;
        assert_eq!(app.text("/products").await, "list 1", "{body}");
    }
}

#[tokio::test]
async fn a_tag_has_the_values_of_the_path_in_it() {
    let app = app();
    for (path, text) in [("/products", "list 1"), ("/products/7", "7: 2"), ("/products/8", "8: 3")] {
        assert_eq!(app.text(path).await, text);
    }
    app.client.patch("/products/7").await;
    for (path, text) in [("/products", "list 1"), ("/products/7", "7: 4"), ("/products/8", "8: 3")] {
        assert_eq!(app.text(path).await, text);
    }
    app.get("/docs/a/b%2Fc").await;
    app.service.cache().tag("docs:a");
    assert_eq!(app.text("/docs/a/b%2Fc").await, r#"["a", "b/c"]: 5"#);
    app.service.cache().tag("docs:a/b/c");
    assert_eq!(app.text("/docs/a/b%2Fc").await, r#"["a", "b/c"]: 6"#);
}

#[tokio::test]
async fn a_success_expires_its_own_path_and_where_it_leads() {
    let app = app();
    app.get("/time").await;
    app.client.delete("/time").await;
    assert_eq!(app.text("/time").await, "time 2");
    assert_eq!(app.text("/products/7").await, "7: 3");
    assert_eq!(app.text("/products/8").await, "8: 4");
    app.client.put("/products/7?x=1").await;
    assert_eq!(app.text("/products/7").await, "7: 5", "RFC 9111 §4.4");
    assert_eq!(app.text("/products/8").await, "8: 4");
}

#[route([GET, POST], "/both", revalidates("products"), register = false)]
fn both() -> &'static str {
    "both"
}

#[tokio::test]
async fn a_request_that_asks_for_no_change_expires_nothing() {
    let app = App::new(rutter::routes![list, both]);
    app.get("/products").await;
    app.get("/both").await;
    app.client.head("/both").await;
    app.client.options("/both").await;
    assert_eq!(app.text("/products").await, "list 1");
    app.client.post("/both").await;
    assert_eq!(app.text("/products").await, "list 2");
}

#[route(POST, "/slowly", revalidates("products"), timeout = 50ms, register = false)]
async fn slowly() {
    tokio::time::sleep(core::time::Duration::from_secs(60)).await;
}

#[tokio::test]
async fn a_handler_that_is_cut_off_may_have_changed_something() {
    let app = App::new(rutter::routes![list, slowly]);
    app.get("/products").await;
    assert_eq!(app.client.post("/slowly").await.status(), 503);
    assert_eq!(app.text("/products").await, "list 2", "its time was up");
    let left = tokio::time::timeout(core::time::Duration::from_millis(10), app.client.post("/slowly").send()).await;
    assert!(left.is_err());
    assert_eq!(app.text("/products").await, "list 3", "its client left");
}

#[tokio::test]
async fn the_path_in_location_is_expired() {
    let app = App::new(rutter::routes![product, move_to]);
    assert_eq!(app.text("/products/9").await, "9: 1");
    app.client.post("/moves").body("/products/9").await;
    assert_eq!(app.text("/products/9").await, "9: 2");
    app.client.post("/moves").body("//elsewhere/products/9").await;
    assert_eq!(app.text("/products/9").await, "9: 2");
}

#[route(POST, "/moves", revalidates("moves"), register = false)]
fn move_to(to: String) -> impl IntoResponse {
    "moved".status(201).header("location", to)
}

#[tokio::test]
async fn a_handler_revalidates_by_tag_by_path_or_everything() {
    let app = app();
    app.get("/time").await;
    app.client.post("/revalidate/path/time").await;
    assert_eq!(app.text("/time").await, "time 2");
    app.get("/products").await;
    app.client.post("/revalidate/tag/products").await;
    assert_eq!(app.text("/products").await, "list 4");
    app.client.post("/revalidate/tag/time").await;
    assert_eq!(app.text("/time").await, "time 2", "a tag is no path");
    app.client.post("/revalidate/everything/x").await;
    assert_eq!((app.text("/time").await, app.text("/products").await), ("time 5".to_owned(), "list 6".to_owned()));
}

#[tokio::test]
async fn what_is_marked_stale_is_served_once_more() {
    let app = app();
    app.get("/products").await;
    app.client.post("/revalidate/stale-tag/products").await;
    let stale = app.get("/products").await;
    assert_eq!((stale.text(), cache_status(&stale)), ("list 1", "rutter; hit; ttl=0"));
    until(|| app.runs.count() == 2 && app.service.cache().stats().under_way == 0).await;
    assert_eq!(app.text("/products").await, "list 2");
}

#[tokio::test]
async fn it_is_done_from_outside_of_a_request_too() {
    let app = app();
    app.get("/time").await;
    app.service.cache().path("/time?x=1");
    assert_eq!(app.text("/time").await, "time 2");
    app.service.cache().stale().path("time/");
    assert_eq!(app.text("/time").await, "time 2");
    until(|| app.runs.count() == 3).await;
}

#[route(GET, "/slow", revalidate = 60, tags("slow"), register = false)]
async fn slow(runs: State<Runs>, gate: State<Arc<Semaphore>>) -> String {
    let run = runs.next();
    gate.acquire().await.expect("open").forget();
    format!("run {run}")
}

#[tokio::test]
async fn an_expiry_while_the_handler_runs_wins() {
    let gate = Arc::new(Semaphore::new(0));
    let app = App::new(rutter::routes![slow].state(Arc::clone(&gate)));
    let first = tokio::spawn({
        let request = app.client.get("/slow");
        async move { request.await.text().to_owned() }
    });
    until(|| app.runs.count() == 1).await;
    app.service.cache().tag("slow");
    // Whoever asks after the expiry is not given what began before it.
    let second = tokio::spawn({
        let request = app.client.get("/slow");
        async move { request.await.text().to_owned() }
    });
    until(|| app.runs.count() == 2).await;
    gate.add_permits(2);
    assert_eq!(first.await.expect("no panic"), "run 1");
    assert_eq!(second.await.expect("no panic"), "run 2");
    assert_eq!(app.text("/slow").await, "run 2");
}

#[tokio::test]
async fn an_expiry_while_a_refresh_runs_wins() {
    let gate = Arc::new(Semaphore::new(1));
    let app = App::new(rutter::routes![slow].state(Arc::clone(&gate)));
    assert_eq!(app.text("/slow").await, "run 1");
    app.later(60);
    assert_eq!(app.text("/slow").await, "run 1");
    until(|| app.runs.count() == 2).await;
    app.service.cache().tag("slow");
    gate.add_permits(2);
    assert_eq!(app.text("/slow").await, "run 3");
    assert_eq!(app.text("/slow").await, "run 3");
}

#[tokio::test]
async fn a_mark_while_the_handler_runs_makes_its_answer_stale() {
    let gate = Arc::new(Semaphore::new(0));
    let app = App::new(rutter::routes![slow].state(Arc::clone(&gate)));
    let first = tokio::spawn({
        let request = app.client.get("/slow");
        async move { request.await.text().to_owned() }
    });
    until(|| app.runs.count() == 1).await;
    app.service.cache().stale().tag("slow");
    gate.add_permits(1);
    assert_eq!(first.await.expect("no panic"), "run 1");
    let stale = app.get("/slow").await;
    assert_eq!((stale.text(), cache_status(&stale)), ("run 1", "rutter; hit; ttl=0"));
}

#[test]
fn a_handler_that_revalidates_is_called_by_a_unit_test() {
    revalidate("tag", "products", Revalidate::default());
}
