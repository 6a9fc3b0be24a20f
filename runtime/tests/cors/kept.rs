//! A kept answer is right for every origin, though its key knows of none.

use super::*;
use crate::common::Runs;

#[route(GET, "/kept", cors = API, register = false)]
fn kept(runs: State<Runs>) -> String {
    format!("run {}", runs.next())
}

#[route(GET, "/kept/[name]", revalidate = 60, cors = API, register = false)]
async fn kept_by_name(name: String, runs: State<Runs>) -> String {
    tokio::task::yield_now().await;
    format!("{name}, run {}", runs.next())
}

/// The same is kept for everyone, and says something by hand.
#[route(GET, "/by-hand", cors = API, register = false)]
fn by_hand(runs: State<Runs>) -> rutter::Response {
    format!("run {}", runs.next()).header("access-control-allow-origin", "*").into_response()
}

#[route(GET, "/broken", revalidate = 60, cors = API, register = false)]
async fn broken() -> Result<&'static str, Problem> {
    tokio::task::yield_now().await;
    panic!("a mistake")
}

fn routes(runs: &Runs) -> rutter::Routes {
    rutter::routes![kept, kept_by_name, by_hand, broken].state(runs.clone())
}

#[tokio::test]
async fn hits_and_misses_say_what_is_right_for_who_asks() {
    let runs = Runs::default();
    let server = start(routes(&runs)).await;
    for target in ["/kept", "/kept/rope", "/by-hand"] {
        let before = runs.count();
        for (origin, said) in
            [(EVIL, &NOT_ALLOWED[..]), (APP, &ALLOWED), (EVIL, &NOT_ALLOWED), ("null", &NOT_ALLOWED), (APP, &ALLOWED)]
        {
            assert_eq!(server.get_from(origin, target).await.said(), said, "{target} {origin}");
        }
        assert_eq!(server.get(target).await.said(), NOT_ALLOWED, "{target}");
        assert_eq!(runs.count(), before + 1, "{target}");
    }
}

#[tokio::test]
async fn what_is_not_modified_says_it_too() {
    let server = start(routes(&Runs::default())).await;
    let etag = server.get("/kept").await.header("etag").expect("a tag").to_owned();
    for (origin, said) in [(APP, &ALLOWED[..]), (EVIL, &NOT_ALLOWED)] {
        let answer = server.ask("GET /kept", &[("origin", origin), ("if-none-match", &etag)]).await;
        assert_eq!((answer.status(), answer.said()), (304, said.to_vec()));
    }
    let answer = server.ask("HEAD /kept", &[("origin", APP)]).await;
    assert_eq!((answer.text().as_str(), answer.said()), ("", ALLOWED.to_vec()));
}

#[tokio::test]
async fn those_who_wait_for_one_run_are_each_told_their_own() {
    #[route(GET, "/slowly/[name]", revalidate = 60, cors = API, register = false)]
    async fn slowly(name: String, runs: State<Runs>) -> String {
        tokio::time::sleep(core::time::Duration::from_millis(200)).await;
        format!("{name}, run {}", runs.next())
    }

    let runs = Runs::default();
    let server = start(rutter::routes![slowly].state(runs.clone())).await;
    let (one, other, none) =
        tokio::join!(server.get_from(APP, "/slowly/a"), server.get_from(EVIL, "/slowly/a"), server.get("/slowly/a"));
    assert_eq!((one.said(), other.said(), none.said()), (ALLOWED.to_vec(), NOT_ALLOWED.to_vec(), NOT_ALLOWED.to_vec()));
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn a_failure_on_the_way_says_it_too() {
    let server = start(routes(&Runs::default())).await;
    let answer = server.get_from(APP, "/broken").await;
    assert_eq!((answer.status(), answer.said()), (500, ALLOWED.to_vec()));
}

#[cfg(feature = "compression")]
#[tokio::test]
async fn a_compressed_answer_varies_by_both() {
    #[route(GET, "/long", cors = API, register = false)]
    fn long() -> String {
        "a brass sextant ".repeat(100)
    }

    let server = start(rutter::routes![long].compression(rutter::Compression::default())).await;
    for _ in 0..2 {
        for (origin, is_allowed) in [(APP, true), (EVIL, false)] {
            let answer = server.ask("GET /long", &[("origin", origin), ("accept-encoding", "gzip")]).await;
            assert_eq!(answer.header("content-encoding"), Some("gzip"));
            assert_eq!(answer.header("access-control-allow-origin"), is_allowed.then_some(origin));
            let vary: Vec<&str> = answer.said().into_iter().filter(|line| line.starts_with("vary")).collect();
            assert_eq!(vary, ["vary: accept-encoding", "vary: origin"]);
        }
    }
}
