//! Every answer of a route with a policy says what the policy says.

use core::time::Duration;

use rutter::{BoxError, Response};

use super::*;

#[route(GET, "/ready", dynamic, cors = API, register = false)]
fn ready() -> &'static str {
    "ready"
}

#[route(GET, "/waits", dynamic, cors = API, register = false)]
async fn waits() -> &'static str {
    tokio::task::yield_now().await;
    "waited"
}

#[route(GET, "/number/[number]", cors = API, register = false)]
fn number(number: u8) -> String {
    number.to_string()
}

#[route(POST, "/json", cors = API, register = false)]
async fn json(json: Json<u8>) -> String {
    json.to_string()
}

#[route(GET, "/panics", dynamic, cors = API, register = false)]
fn panics() {
    panic!("a mistake")
}

#[route(GET, "/panics-late", dynamic, cors = API, register = false)]
async fn panics_late() {
    tokio::task::yield_now().await;
    panic!("a mistake")
}

#[route(GET, "/slow", dynamic, timeout = 20ms, cors = API, register = false)]
async fn slow() {
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[route(GET, "/interim", dynamic, cors = API, register = false)]
fn interim() -> StatusCode {
    StatusCode::PROCESSING
}

#[route(GET, "/later", cors = API, register = false)]
fn later(after: After) -> &'static str {
    after.run(async {});
    "sent"
}

#[route(POST, "/change", revalidates("x"), cors = API, register = false)]
async fn change() {}

/// Says something by hand, and varies by more.
#[route(GET, "/by-hand", dynamic, cors = API, register = false)]
fn by_hand() -> Response {
    "x".header("access-control-allow-origin", "*")
        .header("access-control-allow-methods", "TRACE")
        .header("access-control-max-age", "86400")
        .header("vary", "accept-language, Origin")
        .into_response()
}

#[route(GET, "/varies", dynamic, cors = API, register = false)]
fn varies() -> Response {
    "x".header("vary", "accept-language").into_response()
}

fn routes() -> rutter::Routes {
    rutter::routes![ready, waits, number, json, panics, panics_late, slow, interim, later, change, by_hand, varies]
}

#[tokio::test]
async fn every_answer_of_a_route_says_what_its_policy_says() {
    let server = start(routes()).await;
    for (line, status) in [
        ("GET /ready", 200),
        ("HEAD /ready", 200),
        ("GET /waits", 200),
        ("HEAD /waits", 200),
        ("GET /number/7", 200),
        ("GET /number/x", 404),
        ("GET /number/%37", 200),
        ("POST /json", 400),
        ("GET /panics", 500),
        ("GET /panics-late", 500),
        ("GET /slow", 503),
        ("GET /interim", 500),
        ("GET /later", 200),
        ("POST /change", 204),
        ("PUT /ready", 405),
        ("OPTIONS /ready", 204),
    ] {
        server.tells_only_the_allowed(line, status).await;
    }
}

#[tokio::test]
async fn what_a_handler_says_by_hand_is_taken_away() {
    let server = start(routes()).await;
    let answer = server.get_from(APP, "/by-hand").await;
    assert_eq!(
        answer.said(),
        [
            "allow-credentials: true",
            "allow-origin: https://app.example.com",
            "expose-headers: x-total, x-page",
            "vary: accept-language, Origin"
        ]
    );
    assert_eq!(server.get_from(EVIL, "/by-hand").await.said(), ["vary: accept-language, Origin"]);
    assert_eq!(server.get_from(EVIL, "/varies").await.said(), ["vary: accept-language", "vary: origin"]);
}

#[route(GET, "/free", dynamic, register = false)]
fn free() -> Response {
    "x".header("access-control-allow-origin", "*").into_response()
}

#[route(POST, "/free", cors = API, register = false)]
fn free_to_change() {}

#[tokio::test]
async fn a_route_without_a_policy_says_what_its_handler_says() {
    let server = start(rutter::routes![free, free_to_change]).await;
    assert_eq!(server.get_from(EVIL, "/free").await.said(), ["allow-origin: *"]);
    assert_eq!(server.ask("POST /free", &[("origin", APP)]).await.said(), ALLOWED);
    let answer = server.ask("PUT /free", &[("origin", APP)]).await;
    assert_eq!((answer.status(), answer.said()), (405, vec![]), "the routes of the path do not agree");
}

#[tokio::test]
async fn a_method_that_the_policy_leaves_out_is_told_nothing() {
    static READ: Cors = Cors::origins(&["https://app.example.com"]).methods(rutter::Methods::GET);

    #[route([GET, POST], "/read", cors = READ, register = false)]
    fn read() {}

    let server = start(rutter::routes![read]).await;
    assert_eq!(server.get_from(APP, "/read").await.said(), ["allow-origin: https://app.example.com", "vary: origin"]);
    assert_eq!(server.ask("HEAD /read", &[("origin", APP)]).await.said().len(), 2);
    assert_eq!(server.ask("POST /read", &[("origin", APP)]).await.said(), NOT_ALLOWED);
    let allowed = server.preflight(APP, "/read", "GET").await;
    assert_eq!(allowed.header("access-control-allow-methods"), Some("GET, HEAD"));
    assert_eq!(server.preflight(APP, "/read", "POST").await.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_connection_that_goes_on_says_the_right_thing_each_time() -> Result<(), BoxError> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let server = start(routes()).await;
    let mut stream = server.connect().await;
    let asks = [APP, EVIL, "https://admin.example.com", APP]
        .map(|origin| format!("GET /ready HTTP/1.1\r\nhost: a\r\norigin: {origin}\r\n\r\n"));
    stream.write_all(asks.concat().as_bytes()).await?;
    stream.write_all(b"GET /ready HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    let allowed: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("access-control-allow-origin: ")).collect();
    assert_eq!(allowed, [APP, "https://admin.example.com", APP]);
    assert_eq!(text.matches("vary: origin").count(), 5);
    Ok(())
}
