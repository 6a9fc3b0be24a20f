//! Who is allowed: the origins that are named, and nobody who looks like one.

use super::*;

#[route(GET, "/exact", dynamic, cors = API, register = false)]
fn exact() {}

static BELOW: Cors =
    Cors::matching(|origin| origin.scheme() == "https" && origin.host().ends_with(".example.com")).credentials();

#[route(GET, "/below", dynamic, cors = BELOW, register = false)]
fn below() {}

static LAZY: std::sync::LazyLock<Cors> = std::sync::LazyLock::new(|| {
    let allowed = [APP.to_owned()];
    Cors::matching_with(move |origin| allowed.iter().any(|allowed| allowed == origin.as_str()))
});

#[route(GET, "/lazy", dynamic, cors = LAZY, register = false)]
fn lazy() {}

#[route(GET, "/public", dynamic, cors = PUBLIC, register = false)]
fn public() {}

static NOBODY: Cors = Cors::none();

#[route(GET, "/nobody", dynamic, cors = NOBODY, register = false)]
fn nobody() {}

#[tokio::test]
async fn the_origins_that_are_named_are_allowed() {
    let server = start(rutter::routes![exact]).await;
    for origin in [APP, "https://admin.example.com", "http://localhost:5173"] {
        let answer = server.get_from(origin, "/exact").await;
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
        assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    }
}

/// Each of these is what somebody tries who is not `https://app.example.com`.
const LOOK_ALIKES: &[&str] = &[
    "https://evil.example",
    "http://app.example.com",
    "ws://app.example.com",
    "https://app.example.com.evil.com",
    "https://app.example.comevil.com",
    "https://evilapp.example.com",
    "https://evil-app.example.com",
    "https://app-example.com",
    "https://appxexample.com",
    "https://app.example.co",
    "https://app.example.community",
    "https://example.com",
    "https://sub.app.example.com",
    "https://app.example.com:443",
    "https://app.example.com:8443",
    "https://app.example.com:",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com?",
    "https://app.example.com#",
    "https://app.example.com.",
    "https://app.example.com@evil.com",
    "https://evil.com@app.example.com",
    "https://evil.com/https://app.example.com",
    "https://evil.com?https://app.example.com",
    "https://evil.com#https://app.example.com",
    "HTTPS://app.example.com",
    "https://APP.example.com",
    "https://app.example.COM",
    "https:/app.example.com",
    "https:app.example.com",
    "//app.example.com",
    "app.example.com",
    "https://app%2eexample.com",
    "https://app.example.com%00",
    "https://app.example.com,https://app.example.com",
    "https://app.example.com https://evil.com",
    "https://evil.com https://app.example.com",
    "https://evil.com, https://app.example.com",
    "https://app.example.com\u{3002}",
    "https://app\u{ff0e}example.com",
    "https://\u{430}pp.example.com",
    "https://app.example.com`.evil.com",
    "https://*.example.com",
    "*",
    "null",
    "NULL",
    "file://",
    "chrome-extension://app.example.com",
    "\"https://app.example.com\"",
    "<https://app.example.com>",
    "",
];

#[tokio::test]
async fn who_looks_like_one_of_them_finds_nothing() {
    let server = start(rutter::routes![exact, lazy]).await;
    for origin in LOOK_ALIKES {
        for target in ["/exact", "/lazy"] {
            let answer = server.get_from(origin, target).await;
            assert_eq!((answer.status(), answer.said()), (204, NOT_ALLOWED.to_vec()), "{origin:?}");
        }
    }
}

#[tokio::test]
async fn a_function_decides_about_origins_only() {
    let server = start(rutter::routes![below]).await;
    for (origin, is_allowed) in [
        ("https://app.example.com", true),
        ("https://a.b.example.com:8443", true),
        ("http://app.example.com", false),
        ("https://example.com", false),
        ("https://evilexample.com", false),
        ("https://app.example.com.evil.com", false),
        ("https://evil.com/.example.com", false),
        ("https://evil.com?.example.com", false),
        ("https://evil.com#.example.com", false),
        ("https://evil.com\\.example.com", false),
        ("https://evil.com`.example.com", false),
        ("https://evil.com%60.example.com", false),
        ("https://evil.com,.example.com", false),
        ("https://evil.com:80.example.com", false),
        ("https://evil.com@.example.com", false),
        ("https://.example.com", false),
        ("https://app.EXAMPLE.com", false),
        ("null", false),
    ] {
        let answer = server.get_from(origin, "/below").await;
        assert_eq!(answer.header("access-control-allow-origin"), is_allowed.then_some(origin), "{origin}");
        assert_eq!(answer.header("access-control-allow-credentials"), is_allowed.then_some("true"), "{origin}");
        assert_eq!(answer.header("vary"), Some("origin"), "{origin}");
    }
}

#[tokio::test]
async fn a_policy_that_is_made_at_the_first_look_is_one_too() {
    let server = start(rutter::routes![lazy]).await;
    assert_eq!(server.get_from(APP, "/lazy").await.said(), ["allow-origin: https://app.example.com", "vary: origin"]);
}

#[tokio::test]
async fn two_lines_of_origin_are_none() {
    let server = start(rutter::routes![exact]).await;
    for origins in [[APP, APP], [APP, EVIL], [EVIL, APP], ["", APP]] {
        let answer = server.ask("GET /exact", &[("origin", origins[0]), ("origin", origins[1])]).await;
        assert_eq!(answer.said(), NOT_ALLOWED, "{origins:?}");
    }
}

#[tokio::test]
async fn any_origin_is_a_star_for_everyone() {
    let server = start(rutter::routes![public]).await;
    for origin in [APP, EVIL, "null", "nonsense"] {
        assert_eq!(server.get_from(origin, "/public").await.said(), ["allow-origin: *"], "{origin}");
    }
    assert_eq!(server.get("/public").await.said(), ["allow-origin: *"], "the answer is the same without an origin");
}

#[tokio::test]
async fn nobody_is_nobody_whoever_asks() {
    let server = start(rutter::routes![nobody].cors(PUBLIC.clone())).await;
    assert_eq!(server.get_from(APP, "/nobody").await.said(), [""; 0]);
    assert_eq!(server.preflight(APP, "/nobody", "GET").await.header("access-control-allow-origin"), None);
}

#[test]
#[should_panic(expected = "`Cors::any()` lets every page read them")]
fn credentials_and_any_origin_end_the_program() {
    let _ = Cors::any().credentials();
}
