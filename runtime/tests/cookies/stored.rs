//! Cookies and answers that are kept.

use rutter::{prelude::*, testing::Client};

use crate::common::Runs;

#[route(GET, "/kept", revalidate = 60, register = false)]
fn kept(runs: State<Runs>) -> impl IntoResponse {
    runs.next().to_string().cookie(Cookie::new("a", "1"))
}

#[route(GET, "/static", register = false)]
fn plain(runs: State<Runs>) -> impl IntoResponse {
    runs.next().to_string().header("cache-control", "public, max-age=60").cookie(Cookie::new("a", "1"))
}

#[route(GET, "/reads", register = false)]
fn reads(runs: State<Runs>, cookies: Cookies) -> String {
    format!("{} {}", runs.next(), cookies.get("a").unwrap_or("-"))
}

#[tokio::test]
async fn an_answer_with_a_cookie_is_never_kept() {
    let client = Client::new(rutter::routes![kept, plain].state(Runs::default()).build().unwrap());
    for (run, target) in [(1, "/kept"), (2, "/kept"), (3, "/static"), (4, "/static")] {
        let answer = client.get(target).await;
        assert_eq!(answer.text(), run.to_string(), "{target}");
        assert!(answer.header("set-cookie").is_some(), "{target}");
    }
}

#[tokio::test]
async fn a_route_that_reads_them_is_dynamic() {
    let client = Client::new(rutter::routes![reads].state(Runs::default()).build().unwrap());
    assert_eq!(client.get("/reads").header("cookie", "a=ada").await.text(), "1 ada");
    assert_eq!(client.get("/reads").header("cookie", "a=eve").await.text(), "2 eve");
    assert_eq!(client.get("/reads").await.text(), "3 -");
}
