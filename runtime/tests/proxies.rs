//! Who is asking, and for what: behind proxies that are named, and from anyone else.

mod common;

use common::{Running, start};
use rutter::{Proxies, Routes, prelude::*, testing::Client};

#[route(GET, "/whoami", register = false)]
fn whoami(ip: ClientIp, host: Host, scheme: Scheme, peer: ClientAddr) -> String {
    format!("{ip} {scheme}://{host} {}", peer.ip())
}

#[route(GET, "/perhaps", register = false)]
fn perhaps(ip: Option<ClientIp>, host: Option<Host>) -> String {
    format!("{} {}", ip.is_some(), host.is_some())
}

fn routes() -> Routes {
    rutter::routes![whoami, perhaps]
}

fn behind(proxies: &[&str]) -> Routes {
    routes().proxies(Proxies::new(proxies).unwrap())
}

async fn told(server: &Running, headers: &str) -> String {
    let request = format!("GET /whoami HTTP/1.1\r\nhost: Own.example:81\r\n{headers}connection: close\r\n\r\n");
    server.send(request).await.text()
}

const SPOOFED: &str = "x-forwarded-for: 1.1.1.1\r\nx-forwarded-host: evil\r\nx-forwarded-proto: https\r\n\
                       forwarded: for=1.1.1.1;host=evil;proto=https\r\n";

#[tokio::test]
async fn without_proxies_no_header_is_believed() {
    let server = start(routes()).await;
    assert_eq!(told(&server, SPOOFED).await, "127.0.0.1 http://own.example:81 127.0.0.1");
    server.stop().await;
}

#[tokio::test]
async fn a_peer_that_is_no_proxy_is_not_believed() {
    let server = start(behind(&["10.0.0.0/8"])).await;
    assert_eq!(told(&server, SPOOFED).await, "127.0.0.1 http://own.example:81 127.0.0.1");
    server.stop().await;
}

#[tokio::test]
async fn a_proxy_that_is_named_tells_who_is_asking() {
    let server = start(behind(&["127.0.0.1"])).await;
    for (headers, expected) in [
        ("", "127.0.0.1 http://own.example:81 127.0.0.1"),
        (SPOOFED, "1.1.1.1 https://evil 127.0.0.1"),
        ("x-forwarded-for: 1.1.1.1\r\nX-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9 http://own.example:81 127.0.0.1"),
        // The other family, which it does not overwrite.
        ("forwarded: for=1.1.1.1;host=evil;proto=https\r\n", "127.0.0.1 http://own.example:81 127.0.0.1"),
    ] {
        assert_eq!(told(&server, headers).await, expected, "{headers}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_host_or_a_scheme_that_is_none_is_not_believed() {
    let server = start(behind(&["127.0.0.1"])).await;
    for host in
        ["user@a", "a/b", "a b", "a,", "", "a:99999", "a#b", "[::1", "a\\b", "caf\u{e9}", "a@b:80", "a?x", "a:b"]
    {
        let expected = if host == "a," { "a" } else { "own.example:81" };
        let answer = told(&server, &format!("x-forwarded-host: {host}\r\n")).await;
        assert_eq!(answer, format!("127.0.0.1 http://{expected} 127.0.0.1"), "{host}");
    }
    for (proto, expected) in [
        ("javascript", "http"),
        ("https:", "http"),
        ("wss", "http"),
        ("HTTPS", "https"),
        ("http, https", "https"),
        ("", "http"),
    ] {
        let answer = told(&server, &format!("x-forwarded-proto: {proto}\r\n")).await;
        assert_eq!(answer, format!("127.0.0.1 {expected}://own.example:81 127.0.0.1"), "{proto}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_standard_header_is_read_where_it_was_chosen() {
    let server = start(routes().proxies(Proxies::new(["127.0.0.0/8"]).unwrap().forwarded())).await;
    for (headers, expected) in [
        ("forwarded: for=1.1.1.1, for=203.0.113.9;host=a.example;proto=https\r\n", "203.0.113.9 https://a.example"),
        ("forwarded: for=\"1.1.1.1\r\nforwarded: for=\"[2001:db8::9]:80\"\r\n", "2001:db8::9 http://own.example:81"),
        ("forwarded: for=1.1.1.1;host=\"user@a\";proto=javascript\r\n", "1.1.1.1 http://own.example:81"),
        ("x-forwarded-for: 1.1.1.1\r\nx-forwarded-proto: https\r\n", "127.0.0.1 http://own.example:81"),
    ] {
        assert_eq!(told(&server, headers).await, format!("{expected} 127.0.0.1"), "{headers}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_longest_list_that_a_head_has_room_for_is_read() {
    let server = start(behind(&["127.0.0.0/8"])).await;
    let list = "127.0.0.2,".repeat(7_000);
    let answer = told(&server, &format!("x-forwarded-for: 203.0.113.9,{list}\r\n")).await;
    assert_eq!(answer, "203.0.113.9 http://own.example:81 127.0.0.1");
    server.stop().await;
}

#[tokio::test]
async fn the_authority_of_http_2_is_the_host() {
    use http_body_util::{BodyExt, Empty};

    let server = start(routes()).await;
    let mut client = server.http2().await;
    let request = http::Request::get("https://A.example/whoami").body(Empty::new()).unwrap();
    let body = client.send_request(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    // The scheme is what the client says.
    assert_eq!(body, "127.0.0.1 http://a.example 127.0.0.1");
    server.stop().await;
}

#[tokio::test]
async fn a_layer_tells_the_scheme_and_the_other_end() {
    let client = Client::new(behind(&["10.0.0.0/8"]).build().unwrap());
    let of = |address: [u8; 4]| {
        let told = client.get("/whoami").extension(Scheme::Https).extension(ClientAddr((address, 80).into()));
        told.header("x-forwarded-for", "203.0.113.9").send()
    };
    assert_eq!(of([10, 0, 0, 1]).await.text(), "203.0.113.9 https://localhost 10.0.0.1");
    assert_eq!(of([192, 0, 2, 1]).await.text(), "192.0.2.1 https://localhost 192.0.2.1");
    let proxied = client.get("/whoami").extension(Scheme::Https).extension(ClientAddr(([10, 0, 0, 1], 80).into()));
    let answer = proxied.header("x-forwarded-proto", "http").await;
    assert_eq!(answer.text(), "10.0.0.1 http://localhost 10.0.0.1");
}

#[tokio::test]
async fn who_is_not_known_is_nobody() {
    let client = Client::new(behind(&["0.0.0.0/0", "::/0"]).build().unwrap());
    assert_eq!(client.get("/whoami").header("x-forwarded-for", "1.1.1.1").await.status(), 500);
    assert_eq!(client.get("/perhaps").header("x-forwarded-for", "1.1.1.1").await.text(), "false true");
}

#[tokio::test]
async fn http_1_0_may_name_no_host() {
    let server = start(routes()).await;
    let answer = server.send("GET /whoami HTTP/1.0\r\n\r\n").await;
    assert_eq!((answer.status(), answer.is_problem()), (400, true));
    assert_eq!(server.send("GET /perhaps HTTP/1.0\r\n\r\n").await.text(), "true false");
    server.stop().await;
}
