//! Which answers are kept, and what is said about it.

use rutter::{CachePolicy, http, prelude::*};

use crate::{App, Runs, cache_status};

#[route(GET, "/static", register = false)]
fn nothing(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

#[route(GET, "/async", register = false)]
async fn waits(runs: State<Runs>) -> String {
    tokio::task::yield_now().await;
    format!("run {}", runs.next())
}

#[route(GET, "/dynamic", dynamic, register = false)]
fn dynamic(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

#[route(GET, "/dynamic/[id]", register = false)]
fn param(id: u64, runs: State<Runs>) -> String {
    format!("{id}: run {}", runs.next())
}

#[route(GET, "/minute", revalidate = 60, register = false)]
fn minute(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

#[route(GET, "/hour", revalidate = 1h, stale_for = 10s, register = false)]
fn hour(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

#[route(GET, "/never/[id]", revalidate = false, register = false)]
fn never(id: u64, runs: State<Runs>) -> String {
    format!("{id}: run {}", runs.next())
}

#[tokio::test]
async fn what_reads_nothing_is_made_once() {
    let app = App::new(rutter::routes![nothing, waits]);
    for path in ["/static", "/async"] {
        let first = app.get(path).await;
        app.later(1_000_000);
        let second = app.get(path).await;
        assert_eq!(first.text(), second.text());
        assert_eq!(cache_status(&first), "rutter; fwd=miss; stored");
        assert_eq!(cache_status(&second), "rutter; hit");
        assert_eq!(second.header("cache-control"), Some("public, max-age=0, must-revalidate"));
        assert_eq!((first.header("age"), second.header("age")), (None, Some("1000000")));
    }
}

#[tokio::test]
async fn what_is_dynamic_is_made_each_time() {
    let app = App::new(rutter::routes![dynamic, param]);
    assert_eq!(app.text("/dynamic").await, "run 1");
    let second = app.get("/dynamic").await;
    assert_eq!((second.text(), cache_status(&second)), ("run 2", "none"));
    assert_eq!(app.text("/dynamic/7").await, "7: run 3");
    assert_eq!(app.text("/dynamic/7").await, "7: run 4");
    assert_eq!(second.header("cache-control"), None);
}

#[tokio::test]
async fn a_hit_says_how_long_it_is_fresh() {
    let app = App::new(rutter::routes![minute, hour]);
    app.get("/minute").await;
    app.later(19);
    let hit = app.get("/minute").await;
    assert_eq!((hit.text(), cache_status(&hit), hit.header("age")), ("run 1", "rutter; hit; ttl=41", Some("19")));
    let control = "public, max-age=0, s-maxage=60, stale-while-revalidate=31536000";
    assert_eq!(hit.header("cache-control"), Some(control));
    let control = "public, max-age=0, s-maxage=3600, stale-while-revalidate=10";
    assert_eq!(app.get("/hour").await.header("cache-control"), Some(control));
}

#[tokio::test]
async fn what_reads_a_param_is_kept_when_it_asks_for_it() {
    let app = App::new(rutter::routes![never]);
    assert_eq!(app.text("/never/7").await, "7: run 1");
    assert_eq!(app.text("/never/8").await, "8: run 2");
    app.later(1_000_000);
    assert_eq!(app.text("/never/7").await, "7: run 1");
    assert_eq!(app.get("/never/x").await.status(), 404);
}

#[tokio::test]
async fn nothing_is_kept_when_caching_is_off() {
    let app = App::with(rutter::routes![nothing, minute], |_| rutter::Caching::off());
    for (path, text) in [("/static", "run 1"), ("/static", "run 2"), ("/minute", "run 3"), ("/minute", "run 4")] {
        assert_eq!(app.text(path).await, text);
    }
}

#[test]
fn the_table_says_what_is_kept_and_why() {
    let routes = || {
        rutter::routes![
            nothing,
            dynamic,
            param,
            minute,
            never,
            seen,
            crate::revalidate::product,
            crate::revalidate::create
        ]
    };
    let table = routes().table().to_string();
    let told: Vec<&str> = table.lines().filter_map(|line| line.split("runtime/").next()).map(str::trim_end).collect();
    assert_eq!(
        told,
        [
            "GET   /dynamic        ƒ dynamic  `dynamic`                            dynamic",
            "GET   /dynamic/[id]   ƒ dynamic  reads params                         param",
            "GET   /minute         ↻ 60s      reads nothing                        minute",
            "GET   /never/[id]     ○ static   per id                               never",
            "POST  /products       ƒ dynamic  reads body, revalidates products     create",
            "GET   /products/[id]  ○ static   per id, tags products, product:[id]  product",
            "GET   /seen           ↻ 60s      per x-shop                           seen",
            "GET   /static         ○ static   reads nothing                        nothing",
        ]
    );
    let off = routes().caching(rutter::Caching::off()).table().to_string();
    assert!(!off.contains('↻') && !off.contains('○') && off.contains("caching is off"), "{off}");
}

#[test]
fn the_policy_is_told_by_the_route() {
    assert_eq!(nothing::ROUTE.cache_policy(), CachePolicy::Static);
    assert_eq!(dynamic::ROUTE.cache_policy(), CachePolicy::Dynamic);
    assert_eq!(param::ROUTE.cache_policy(), CachePolicy::Dynamic);
    assert_eq!(hour::ROUTE.cache_policy().to_string(), "↻ 3600s");
}

/// What the next run answers, chosen by the test.
#[derive(Default)]
struct Next(std::sync::Mutex<Option<Response>>);

#[route(GET, "/next", revalidate = 60, register = false)]
fn next(next: State<Next>, runs: State<Runs>) -> Response {
    runs.next();
    next.0.0.lock().expect("no panic").take().unwrap_or_else(|| "ok".into_response())
}

/// How often the handler runs for two requests when the first answer is this one.
async fn runs_for(answer: impl IntoResponse) -> usize {
    let app = App::new(rutter::routes![next].state(Next(std::sync::Mutex::new(Some(answer.into_response())))));
    app.get("/next").await;
    app.get("/next").await;
    app.runs.count()
}

#[tokio::test]
async fn what_is_kept_depends_on_the_status() {
    for kept in [200, 204, 301, 308, 404, 410] {
        assert_eq!(runs_for("x".status(kept)).await, 1, "{kept}");
    }
    for made_anew in [201, 202, 203, 206, 302, 303, 307, 400, 401, 403, 409, 429, 500, 502, 503] {
        assert_eq!(runs_for("x".status(made_anew)).await, 2, "{made_anew}");
    }
}

#[tokio::test]
async fn what_is_for_one_client_is_not_kept() {
    for header in [
        ("set-cookie", "session=1"),
        ("cache-control", "no-store"),
        ("cache-control", "private, max-age=60"),
        ("cache-control", "no-cache"),
        ("vary", "*"),
    ] {
        assert_eq!(runs_for(([header], "x")).await, 2, "{header:?}");
    }
    assert_eq!(runs_for(([("cache-control", "max-age=5")], "x")).await, 1);
}

#[tokio::test]
async fn a_stream_and_a_large_body_are_not_kept() {
    let lines = futures_util::stream::iter([Ok::<_, std::io::Error>("a"), Ok("b")]);
    assert_eq!(runs_for(Body::stream(lines)).await, 2);
    assert_eq!(runs_for(vec![0; 1024 * 1024]).await, 1);
    assert_eq!(runs_for(vec![0; 1024 * 1024 + 1]).await, 2);
    let boxed = http::Response::new(http_body_util::Full::new(Bytes::from_static(b"whole")));
    assert_eq!(runs_for(boxed).await, 1);
}

#[tokio::test]
async fn a_kept_answer_is_the_answer_that_was_made() {
    let answer = ([("content-type", "text/csv"), ("x-a", "1"), ("x-a", "2"), ("etag", "W/\"mine\"")], "a,b");
    let app = App::new(rutter::routes![next].state(Next(std::sync::Mutex::new(Some(answer.into_response())))));
    let (first, second) = (app.get("/next").await, app.get("/next").await);
    for answer in [&first, &second] {
        assert_eq!(answer.text(), "a,b");
        assert_eq!(answer.header("content-type"), Some("text/csv"));
        assert_eq!(answer.headers().get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(answer.header("etag"), Some("W/\"mine\""));
    }
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test]
async fn a_kept_204_stays_one() {
    let app = App::new(rutter::routes![next].state(Next(std::sync::Mutex::new(Some(NoContent.into_response())))));
    app.get("/next").await;
    let second = app.get("/next").await;
    assert_eq!((second.status().as_u16(), second.text(), app.runs.count()), (204, "", 1));
    assert_eq!((second.header("content-length"), second.header("etag")), (None, None));
    assert_eq!(app.client.get("/next").header("if-none-match", "*").await.status(), 204);
}

#[tokio::test]
async fn credentials_neither_reach_a_kept_answer_nor_keep_it_from_anyone() {
    let app = App::new(rutter::routes![seen]);
    let with = |name: &str, value: &str| app.client.get("/seen").header("x-shop", "a").header(name, value);
    assert_eq!(with("cookie", "a=b").await.text(), r#"["x-shop"] run 1"#);
    assert_eq!(with("authorization", "Bearer x").await.text(), r#"["x-shop"] run 1"#);
    assert_eq!(app.text("/seen").await, "[] run 2");
}

#[route(GET, "/seen", revalidate = 60, vary("x-shop"), register = false)]
fn seen(headers: &HeaderMap, runs: State<Runs>) -> String {
    let names: Vec<&str> = headers.keys().map(rutter::HeaderName::as_str).collect();
    format!("{names:?} run {}", runs.next())
}
