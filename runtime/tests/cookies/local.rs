//! `Secure` is left away where browser and server are plainly on one machine, and nowhere else.

use rutter::{Proxies, prelude::*, testing::Client};

use crate::common::{Running, start, start_with};

#[route(GET, "/default", dynamic, register = false)]
fn default() -> impl IntoResponse {
    "body".cookie(Cookie::new("a", "1")).cookie(Cookie::new("b", "2")).remove_cookie("c")
}

#[route(GET, "/waits", dynamic, register = false)]
async fn waits() -> impl IntoResponse {
    tokio::task::yield_now().await;
    "body".cookie(Cookie::new("a", "1"))
}

#[route(GET, "/said", dynamic, register = false)]
fn said() -> impl IntoResponse {
    NoContent.cookie(Cookie::new("a", "1").secure(true)).cookie(Cookie::new("b", "2").secure(false))
}

#[route(GET, "/said/later", dynamic, register = false)]
fn said_later() -> impl IntoResponse {
    NoContent.cookie(Cookie::new("a", "1")).cookie(Cookie::new("a", "1").secure(true))
}

#[route(GET, "/needed", dynamic, register = false)]
fn needed() -> impl IntoResponse {
    let widget = Cookie::new("c", "3").same_site(SameSite::None).partitioned();
    NoContent.cookie(Cookie::new("__Host-a", "1")).cookie(Cookie::new("__secure-b", "2")).cookie(widget)
}

#[route(GET, "/events", dynamic, register = false)]
fn events() -> impl IntoResponse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("hello")).await?;
        Ok(())
    })
    .cookie(Cookie::new("a", "1"))
}

#[route(GET, "/report", dynamic, register = false)]
fn report() -> impl IntoResponse {
    Attachment::new("report.txt", "0123456789").cookie(Cookie::new("a", "1"))
}

fn routes() -> rutter::Routes {
    rutter::routes![default, waits, said, said_later, needed, events, report]
}

async fn cookies(server: &Running, target: &str, headers: &str) -> Vec<String> {
    let request = format!("GET {target} HTTP/1.1\r\n{headers}connection: close\r\n\r\n");
    let answer = server.send(request).await;
    let lines = answer.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    lines.map(str::to_owned).collect()
}

const A: &str = "a=1; HttpOnly; SameSite=Lax; Path=/";
const SECURE_A: &str = "a=1; HttpOnly; SameSite=Lax; Secure; Path=/";

#[tokio::test]
async fn a_cookie_that_takes_the_place_of_another_is_what_it_says() {
    let server = start(routes()).await;
    assert_eq!(cookies(&server, "/said/later", "host: localhost\r\n").await, [SECURE_A]);
}

#[tokio::test]
async fn an_answer_that_is_refused_for_its_content_has_its_cookie_all_the_same() {
    let server = start(routes()).await;
    for (header, status) in [("range: bytes=99-", 416), ("if-match: \"zz\"", 412), ("range: bytes=0-1", 206)] {
        let request = format!("GET /report HTTP/1.1\r\nhost: localhost\r\n{header}\r\nconnection: close\r\n\r\n");
        let answer = server.send(request).await;
        let told = (answer.status(), answer.header("set-cookie"), answer.header("cache-control"));
        assert_eq!(told, (status, Some(A), Some("no-store")));
    }
}

#[tokio::test]
async fn by_default_it_is_away_on_loopback() {
    let server = start(routes()).await;
    let told = cookies(&server, "/default", "host: localhost:3000\r\n").await;
    let removed = "c=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    assert_eq!(told, [A, "b=2; HttpOnly; SameSite=Lax; Path=/", removed]);
    assert_eq!(cookies(&server, "/waits", "host: [::1]\r\n").await, [A]);
    server.stop().await;
}

#[tokio::test]
async fn it_is_there_where_another_host_or_a_proxy_is_told() {
    let server = start(routes()).await;
    for headers in [
        "host: shop.example\r\n",
        "host: 192.168.0.7\r\n",
        "host: localhost\r\nx-forwarded-for: 203.0.113.9\r\n",
        "host: localhost\r\nforwarded: for=203.0.113.9\r\n",
        "host: localhost\r\nvia: 1.1 front\r\n",
    ] {
        assert_eq!(cookies(&server, "/waits", headers).await, [SECURE_A], "{headers}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_said_or_needed_stays() {
    let server = start(routes()).await;
    let host = "host: localhost\r\n";
    assert_eq!(cookies(&server, "/said", host).await, [SECURE_A, "b=2; HttpOnly; SameSite=Lax; Path=/"]);
    assert_eq!(
        cookies(&server, "/needed", host).await,
        [
            "__Host-a=1; HttpOnly; SameSite=Lax; Secure; Path=/",
            "__secure-b=2; HttpOnly; SameSite=Lax; Secure; Path=/",
            "c=3; HttpOnly; SameSite=None; Partitioned; Secure; Path=/",
        ]
    );
    server.stop().await;
}

#[tokio::test]
async fn a_proxy_that_is_named_decides() {
    let server = start(routes().proxies(Proxies::new(["127.0.0.1"]).unwrap())).await;
    for (headers, expected) in [
        ("host: localhost\r\n", SECURE_A),
        ("host: localhost\r\nx-forwarded-host: localhost:8080\r\nx-forwarded-proto: https\r\n", SECURE_A),
        ("host: localhost\r\nx-forwarded-host: shop.example\r\nx-forwarded-proto: http\r\n", SECURE_A),
        ("host: app\r\nx-forwarded-host: localhost:8080\r\nx-forwarded-proto: http\r\n", A),
    ] {
        assert_eq!(cookies(&server, "/waits", headers).await, [expected], "{headers}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_lies_beneath_is_settled_as_well() {
    let server = start_with(routes(), |server| server).await;
    let answer =
        server.send("GET /report HTTP/1.1\r\nhost: localhost\r\nrange: bytes=2-4\r\nconnection: close\r\n\r\n").await;
    assert_eq!((answer.status(), answer.text().as_str()), (206, "234"));
    assert_eq!(answer.header("set-cookie"), Some(A));
    let answer = server.get("/events").await;
    assert_eq!(answer.header("set-cookie"), Some(A));
    assert!(answer.text().contains("data: hello"), "{}", answer.text());
    server.stop().await;
}

#[tokio::test]
async fn a_body_keeps_its_length() {
    let server = start(routes()).await;
    let answer = server.get("/default").await;
    assert_eq!((answer.header("content-length"), answer.text().as_str()), (Some("4"), "body"));
    let head = server.send("HEAD /default HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
    assert_eq!((head.header("content-length"), head.text().as_str()), (Some("4"), ""));
    server.stop().await;
}

#[tokio::test]
async fn the_fallback_is_settled_too() {
    let nowhere = async |_: Request| "nothing".cookie(Cookie::new("a", "1")).status(404);
    let server = start(routes().fallback(nowhere)).await;
    assert_eq!(cookies(&server, "/none", "host: localhost\r\n").await, [A]);
    assert_eq!(cookies(&server, "/none", "host: shop.example\r\n").await, [SECURE_A]);
    server.stop().await;
}

#[tokio::test]
async fn the_client_of_tests_is_on_loopback() {
    let client = Client::new(routes().build().unwrap());
    assert_eq!(client.get("/waits").await.header("set-cookie"), Some(A));
    assert_eq!(client.get("/waits").header("host", "a.example").await.header("set-cookie"), Some(SECURE_A));
    assert_eq!(client.get("/waits").extension(Scheme::Https).await.header("set-cookie"), Some(SECURE_A));
}
