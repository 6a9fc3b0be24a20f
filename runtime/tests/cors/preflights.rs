//! Browsers ask before they send: the router answers, by the policy of the route that the method leads to.

use super::*;

#[route(GET, "/products", dynamic, cors = API, register = false)]
fn list() {}

#[route(POST, "/products", cors = API, register = false)]
fn add() {}

/// The same path, for everyone.
#[route(PUT, "/products", cors = PUBLIC, register = false)]
fn replace() {}

/// And for nobody.
#[route(DELETE, "/products", register = false)]
fn remove() {}

#[route(PATCH, "/patch", cors = API, register = false)]
fn patch() {}

/// Answers OPTIONS itself.
#[route([GET, OPTIONS], "/own", dynamic, cors = API, register = false)]
fn own() -> &'static str {
    "my own"
}

#[route([GET, OPTIONS], "/plain", dynamic, register = false)]
fn plain() -> &'static str {
    "plain"
}

fn routes() -> rutter::Routes {
    rutter::routes![list, add, replace, remove, patch, own, plain]
}

const VARY: &str = "vary: origin, access-control-request-method, access-control-request-headers";

#[tokio::test]
async fn a_preflight_is_told_what_the_path_allows() {
    let server = start(routes()).await;
    for method in ["GET", "HEAD", "POST"] {
        let answer = server.preflight(APP, "/products", method).await;
        assert_eq!((answer.status(), answer.text().as_str()), (204, ""));
        assert_eq!(
            answer.said(),
            [
                "allow-credentials: true",
                "allow-headers: content-type, x-request-id",
                "allow-methods: GET, HEAD, POST",
                "allow-origin: https://app.example.com",
                "max-age: 600",
                VARY
            ],
            "{method}"
        );
    }
}

#[tokio::test]
async fn the_policy_is_that_of_the_route_which_the_method_leads_to() {
    let server = start(routes()).await;
    let answer = server.preflight(EVIL, "/products", "PUT").await;
    assert_eq!(answer.said(), ["allow-headers: content-type", "allow-methods: PUT", "allow-origin: *", VARY]);
}

#[tokio::test]
async fn a_preflight_that_is_not_allowed_is_any_options() {
    const ALLOW: &str = "GET, HEAD, POST, PUT, DELETE, OPTIONS";

    let server = start(routes()).await;
    for (origin, method) in [
        (EVIL, "GET"),
        (EVIL, "POST"),
        ("null", "POST"),
        ("https://app.example.com.evil.com", "POST"),
        ("", "POST"),
        (APP, "DELETE"),
        (APP, "PATCH"),
        (APP, "OPTIONS"),
        (APP, "CONNECT"),
        (APP, "TRACE"),
        (APP, "get"),
        (APP, "Post"),
        (APP, "POST, GET"),
        (APP, "*"),
        (APP, ""),
        (APP, "\u{e9}"),
    ] {
        let answer = server.preflight(origin, "/products", method).await;
        assert_eq!((answer.status(), answer.said()), (204, vec![VARY]), "{origin} {method}");
        assert_eq!(answer.header("allow"), Some(ALLOW));
    }
}

#[tokio::test]
async fn lines_that_stand_twice_are_not_allowed() {
    let server = start(routes()).await;
    for headers in [
        [("origin", APP), ("origin", APP), ("access-control-request-method", "GET")],
        [("origin", APP), ("access-control-request-method", "GET"), ("access-control-request-method", "GET")],
    ] {
        assert_eq!(server.ask("OPTIONS /products", &headers).await.said(), [VARY], "{headers:?}");
    }
}

#[tokio::test]
async fn patch_is_no_method_in_small_letters() {
    let server = start(routes()).await;
    assert_eq!(server.preflight(APP, "/patch", "patch").await.said(), [VARY]);
    let allowed = server.preflight(APP, "/patch", "PATCH").await;
    assert_eq!(allowed.header("access-control-allow-methods"), Some("PATCH"));
}

#[tokio::test]
async fn options_that_is_no_preflight_goes_where_it_went() {
    let server = start(routes()).await;
    let answer = server.ask("OPTIONS /own", &[("origin", APP)]).await;
    assert_eq!((answer.text().as_str(), answer.said()), ("my own", ALLOWED.to_vec()));
    let answer = server.ask("OPTIONS /own", &[("access-control-request-method", "GET")]).await;
    assert_eq!((answer.text().as_str(), answer.said()), ("my own", NOT_ALLOWED.to_vec()));
    let answer = server.ask("OPTIONS /products", &[]).await;
    assert_eq!((answer.status(), answer.said()), (204, vec![]), "the routes of the path do not agree");
}

#[tokio::test]
async fn a_preflight_is_answered_where_a_route_answers_options_too() {
    let server = start(routes()).await;
    let answer = server.preflight(APP, "/own", "GET").await;
    assert_eq!((answer.status(), answer.text().as_str()), (204, ""));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn a_path_without_a_policy_knows_no_preflight() {
    let server = start(routes()).await;
    let answer = server.preflight(APP, "/plain", "GET").await;
    assert_eq!((answer.text().as_str(), answer.said()), ("plain", vec![]));
    assert_eq!(server.preflight(APP, "/nowhere", "GET").await.status(), 404);
}

#[tokio::test]
async fn any_header_is_said_back_if_it_is_one() {
    static OPEN: Cors = Cors::origins(&["https://app.example.com"]).any_header();

    #[route(PUT, "/open", cors = OPEN, register = false)]
    fn open() {}

    let server = start(rutter::routes![open]).await;
    for (asked, told) in [
        ("authorization", Some("authorization")),
        ("content-type,x-request-id", Some("content-type, x-request-id")),
        ("a,, b,", Some("a, b")),
        ("X-Own", Some("X-Own")),
        ("*", None),
        ("a b", None),
        ("x-own: 1", None),
        ("\u{e9}", None),
        ("", None),
    ] {
        let headers =
            [("origin", APP), ("access-control-request-method", "PUT"), ("access-control-request-headers", asked)];
        let answer = server.ask("OPTIONS /open", &headers).await;
        assert_eq!(answer.header("access-control-allow-headers"), told, "{asked}");
        assert_eq!(answer.header("access-control-allow-origin"), Some(APP), "{asked}");
    }
    let headers = [
        ("origin", APP),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "authorization"),
        ("access-control-request-headers", "x-own"),
    ];
    let answer = server.ask("OPTIONS /open", &headers).await;
    assert_eq!(answer.header("access-control-allow-headers"), Some("authorization, x-own"));
}

#[tokio::test]
async fn a_private_network_is_opened_to_who_asks_and_is_allowed() {
    static PRINTER: Cors = Cors::origins(&["https://app.example.com"]).private_network();

    #[route(GET, "/printer", dynamic, cors = PRINTER, register = false)]
    fn printer() {}

    let server = start(rutter::routes![printer, list]).await;
    for (origin, target, asked, told) in [
        (APP, "/printer", "true", Some("true")),
        (APP, "/printer", "false", None),
        (EVIL, "/printer", "true", None),
        (APP, "/products", "true", None),
    ] {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "GET"),
            ("access-control-request-private-network", asked),
        ];
        let answer = server.ask(&format!("OPTIONS {target}"), &headers).await;
        assert_eq!(answer.header("access-control-allow-private-network"), told, "{origin} {target} {asked}");
        let vary = answer.header("vary").expect("it varies");
        assert_eq!(vary.ends_with(", access-control-request-private-network"), target == "/printer");
    }
}

#[tokio::test]
async fn a_preflight_finds_its_route_through_escapes_and_segments() {
    #[route(PUT, "/items/[id]", cors = API, register = false)]
    fn item(id: &str) -> String {
        id.to_owned()
    }

    let server = start(rutter::routes![item]).await;
    for target in ["/items/7", "/items/%37", "/items/a%2Fb"] {
        let answer = server.preflight(APP, target, "PUT").await;
        assert_eq!(answer.header("access-control-allow-methods"), Some("PUT"), "{target}");
    }
}
