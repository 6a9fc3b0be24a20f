//! What of a request belongs to the key: `vary("accept-language", query("page"))`.

use rutter::{TypedHeader, headers, prelude::*};

use crate::{App, Runs, cache_status};

#[route(GET, "/greeting", vary("accept-language"), register = false)]
fn greeting(headers: &HeaderMap, runs: State<Runs>) -> String {
    let language = headers.get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or("none");
    format!("{language}: run {}", runs.next())
}

#[route(GET, "/list", revalidate = 60, vary(query("page"), query("sort")), register = false)]
fn list(uri: &Uri, runs: State<Runs>) -> String {
    format!("{:?}: run {}", uri.query(), runs.next())
}

#[route(GET, "/search", revalidate = 60, vary(query), register = false)]
fn search(query: Query<Vec<(String, String)>>, runs: State<Runs>) -> String {
    format!("{:?}: run {}", *query, runs.next())
}

#[route(GET, "/host", revalidate = 60, vary("host"), register = false)]
fn host(headers: &HeaderMap, runs: State<Runs>) -> String {
    format!("{:?}: run {}", headers.get("host"), runs.next())
}

#[route(GET, "/both/[id]", revalidate = 60, vary("accept", "x-tenant"), register = false)]
fn both(id: &str, headers: &HeaderMap, runs: State<Runs>) -> String {
    let told = |name: &str| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect::<Vec<_>>();
    format!("{id} {:?} {:?}: run {}", told("accept"), told("x-tenant"), runs.next())
}

#[tokio::test]
async fn each_value_of_a_header_has_its_answer() {
    let app = App::new(rutter::routes![greeting]);
    let ask = async |language: &str| app.client.get("/greeting").header("accept-language", language).await;
    assert_eq!(ask("fr").await.text(), "fr: run 1");
    assert_eq!(ask("de").await.text(), "de: run 2");
    let again = ask("fr").await;
    assert_eq!((again.text(), again.header("vary")), ("fr: run 1", Some("accept-language")));
    assert_eq!(app.text("/greeting").await, "none: run 3");
    assert_eq!(app.text("/greeting").await, "none: run 3");
}

#[route(GET, "/moved", vary("accept-language"), register = false)]
fn moved(headers: &HeaderMap) -> Redirect {
    Redirect::to(if headers.contains_key("accept-language") { "/other" } else { "/default" })
}

#[tokio::test]
async fn an_answer_that_is_not_kept_says_what_it_varies_by_too() {
    let app = App::new(rutter::routes![moved]);
    let answer = app.get("/moved").await;
    assert_eq!((answer.status().as_u16(), answer.header("vary")), (307, Some("accept-language")));
}

#[route(GET, "/peek", revalidate = 60, vary(query, "accept"), register = false)]
fn peek(headers: &HeaderMap, uri: &Uri) -> String {
    format!("{:?} {:?}", headers.keys().collect::<Vec<_>>(), uri.query())
}

#[tokio::test]
async fn a_handler_sees_no_more_of_a_request_whose_query_cannot_be_read() {
    let app = App::new(rutter::routes![peek]);
    let answer = app.client.get("/peek?a=%zz").header("cookie", "a=b").header("accept", "x").await;
    assert_eq!(answer.text(), r#"["accept"] Some("a=%zz")"#);
}

#[tokio::test]
async fn headers_do_not_run_into_each_other() {
    let app = App::new(rutter::routes![both]);
    let ask = async |headers: &[(&str, &str)]| {
        let request = app.client.get("/both/1");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.await.text().to_owned()
    };
    let requests: [&[(&str, &str)]; 7] = [
        &[],
        &[("accept", "a")],
        &[("x-tenant", "a")],
        &[("accept", "a"), ("x-tenant", "b")],
        &[("accept", "ab")],
        &[("accept", "")],
        &[("accept", "b"), ("x-tenant", "a")],
    ];
    let mut texts = Vec::new();
    for request in requests {
        let text = ask(request).await;
        assert!(!texts.contains(&text), "{request:?} shares an answer: {text}");
        texts.push(text);
    }
    assert_eq!(ask(&[("accept", "a"), ("x-other", "1")]).await, texts[1]);
}

#[tokio::test]
async fn the_named_values_of_a_query_are_the_key_and_all_that_the_handler_sees() {
    let app = App::new(rutter::routes![list]);
    for target in ["/list?page=2&sort=a", "/list?sort=a&page=2", "/list?x=1&page=2&sort=%61&utm=3"] {
        assert_eq!(app.text(target).await, "Some(\"page=2&sort=a\"): run 1", "{target}");
    }
    assert_eq!(app.text("/list").await, "None: run 2");
    assert_eq!(app.text("/list?other=1").await, "None: run 2");
    assert_eq!(app.text("/list?page=2&page=3").await, "Some(\"page=2&page=3\"): run 3");
    assert_eq!(app.text("/list?page=3&page=2").await, "Some(\"page=3&page=2\"): run 4");
}

#[tokio::test]
async fn a_whole_query_is_the_key_whatever_its_order() {
    let app = App::new(rutter::routes![search]);
    for target in ["/search?b=2&a=x+y", "/search?a=x%20y&b=2", "/search?&a=x+y&&b=2"] {
        assert_eq!(app.text(target).await, r#"[("a", "x y"), ("b", "2")]: run 1"#, "{target}");
    }
    assert_eq!(app.text("/search?a=x%2By&b=2").await, r#"[("a", "x+y"), ("b", "2")]: run 2"#);
    assert_eq!(app.get("/search?a=1").await.header("vary"), None);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused_and_not_kept() {
    let app = App::new(rutter::routes![search]);
    for _ in 0..2 {
        let refused = app.get("/search?a=%zz").await;
        assert_eq!((refused.status().as_u16(), cache_status(&refused)), (400, "rutter; fwd=miss; detail=no-key"));
    }
}

#[tokio::test]
async fn a_host_can_be_varied_by() {
    let app = App::new(rutter::routes![host]);
    let ask = async |host: &str| app.client.get("/host").header("host", host).await.text().to_owned();
    assert_eq!(ask("a.example").await, "Some(\"a.example\"): run 1");
    assert_eq!(ask("b.example").await, "Some(\"b.example\"): run 2");
    assert_eq!(ask("a.example").await, "Some(\"a.example\"): run 1");
}

#[route(GET, "/agent", revalidate = 60, vary("user-agent"), register = false)]
fn agent(agent: TypedHeader<headers::UserAgent>) -> String {
    agent.to_string()
}

#[route(GET, "/secret", revalidate = 60, vary("user-agent"), register = false)]
fn secret(token: TypedHeader<headers::Authorization<headers::authorization::Bearer>>) -> String {
    token.token().to_owned()
}

#[tokio::test]
async fn a_typed_header_is_seen_where_vary_names_it() {
    let app = App::new(rutter::routes![agent]);
    assert_eq!(app.client.get("/agent").header("user-agent", "curl").await.text(), "curl");
    assert_eq!(app.client.get("/agent").header("user-agent", "wget").await.text(), "wget");
}

#[test]
fn a_typed_header_that_vary_does_not_name_is_refused_at_the_start() {
    let error = rutter::routes![agent, secret].build().map(drop).expect_err("the header is never seen");
    assert_eq!(
        error.to_string(),
        "\
a problem keeps the routes from being served

1. the answers of a route are kept for everyone, and its handler reads the header `authorization`
     GET /secret  secret  runtime/tests/caching/vary.rs:141
   it says who is asking: write `dynamic`, and every request runs the handler
"
    );
}
