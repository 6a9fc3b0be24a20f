//! HEAD and conditional requests are answered from what is kept.

use rutter::prelude::*;

use crate::{App, Runs};

#[route(GET, "/page", revalidate = 60, register = false)]
fn page(runs: State<Runs>) -> impl IntoResponse {
    runs.next();
    ([("last-modified", "Sat, 31 Jan 2026 09:00:00 GMT"), ("x-a", "1")], "page")
}

const ETAG: &str = "\"4017d19ae5acd7f6d9d8a8a6d1d4a5f3\"";

#[tokio::test]
async fn head_is_answered_from_get_and_get_from_head() {
    for order in [["GET", "HEAD"], ["HEAD", "GET"], ["HEAD", "HEAD"]] {
        let app = App::new(rutter::routes![page]);
        let mut tags = Vec::new();
        for method in order {
            let answer = app.client.request(method.parse().expect("a method"), "/page").await;
            let body = if method == "GET" { "page" } else { "" };
            assert_eq!((answer.status().as_u16(), answer.text()), (200, body), "{order:?}");
            if method == "HEAD" {
                assert_eq!(answer.header("content-length"), Some("4"), "{order:?}");
            }
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
            tags.push(answer.header("etag").expect("an entity tag").to_owned());
        }
        assert_eq!((tags[0] == tags[1], app.runs.count()), (true, 1), "{order:?}");
    }
}

#[tokio::test]
async fn a_client_that_has_the_answer_is_told_so() {
    let app = App::new(rutter::routes![page]);
    let first = app.get("/page").await;
    let etag = first.header("etag").expect("an entity tag").to_owned();
    assert!(etag.starts_with('"') && etag.len() == ETAG.len(), "{etag} is strong");
    let has = [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()];
    for value in has {
        let answer = app.client.get("/page").header("if-none-match", &value).await;
        assert_eq!((answer.status().as_u16(), answer.text()), (304, ""), "{value}");
        let told = ["etag", "cache-control", "last-modified"].map(|name| answer.header(name).is_some());
        assert_eq!(told, [true; 3], "{value}");
        assert_eq!(
            (answer.header("x-a"), answer.header("content-type"), answer.header("content-length")),
            (None, None, None)
        );
        assert!(answer.header("cache-status").is_some_and(|status| status.starts_with("rutter; hit")));
    }
    for value in ["\"x\"", "\"x\", \"y\"", "x"] {
        assert_eq!(app.client.get("/page").header("if-none-match", value).await.status(), 200, "{value}");
    }
    assert_eq!(app.runs.count(), 1);
}

#[tokio::test]
async fn dates_count_where_no_entity_tag_is_sent() {
    let app = App::new(rutter::routes![page]);
    let ask = async |name: &str, value: &str| app.client.get("/page").header(name, value).await.status().as_u16();
    assert_eq!(ask("if-modified-since", "Sat, 31 Jan 2026 09:00:00 GMT").await, 304);
    assert_eq!(ask("if-modified-since", "Fri, 30 Jan 2026 09:00:00 GMT").await, 200);
    assert_eq!(ask("if-unmodified-since", "Fri, 30 Jan 2026 09:00:00 GMT").await, 412);
    assert_eq!(ask("if-match", "\"x\"").await, 412);
}

#[tokio::test]
async fn the_first_request_may_be_conditional() {
    let etag = App::new(rutter::routes![page]).get("/page").await.header("etag").expect("one").to_owned();
    let app = App::new(rutter::routes![page]);
    let answer = app.client.get("/page").header("if-none-match", &etag).await;
    assert_eq!((answer.status().as_u16(), app.runs.count()), (304, 1));
    assert_eq!(app.text("/page").await, "page");
    let head = app.client.head("/page").header("if-none-match", &etag).await;
    assert_eq!((head.status().as_u16(), app.runs.count()), (304, 1));
}

#[tokio::test]
async fn the_entity_tag_changes_with_the_bytes() {
    let app = App::new(rutter::routes![changing]);
    let first = app.get("/changing").await.header("etag").expect("one").to_owned();
    app.service.cache().path("/changing");
    let second = app.client.get("/changing").header("if-none-match", &first).await;
    assert_eq!((second.status().as_u16(), second.text()), (200, "run 2"));
    assert_ne!(second.header("etag"), Some(first.as_str()));
}

#[route(GET, "/changing", register = false)]
fn changing(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}
