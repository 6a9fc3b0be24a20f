//! What is read of a `Cookie`, whatever it says.

use std::time::{Duration, Instant};

use proptest::prelude::proptest;
use rutter::{FromRequest, prelude::*, testing::Client};

use crate::common::{Running, start};

#[route(GET, "/read/[name]", register = false)]
fn read(name: &str, cookies: Cookies) -> String {
    format!("{:?} of {}", cookies.get_all(name).collect::<Vec<_>>(), cookies.iter().len())
}

/// A struct that borrows, and has the cookies beside.
#[derive(FromRequest)]
struct Page<'r> {
    headers: &'r HeaderMap,
    cookies: Cookies,
}

#[route(GET, "/page", register = false)]
fn page(page: Page<'_>) -> String {
    format!("{} {}", page.headers.len(), page.cookies.get("a").unwrap_or_default())
}

async fn told(server: &Running, lines: &[&[u8]]) -> String {
    let mut request = b"GET /read/a HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n".to_vec();
    for line in lines {
        request.extend_from_slice(&[b"cookie: ", *line, b"\r\n"].concat());
    }
    request.extend_from_slice(b"\r\n");
    server.send(request).await.text()
}

#[tokio::test]
async fn every_line_is_read() {
    let server = start(rutter::routes![read, page]).await;
    for (lines, expected) in [
        (&[][..], "[] of 0"),
        (&[&b"a=1; b=2"[..]], "[\"1\"] of 2"),
        (&[b"a=1; a=2", b"a=3"], "[\"1\", \"2\", \"3\"] of 3"),
        (&[b"=a=1", b"a", b"b=a=1"], "[] of 1"),
        (&[b"a=\xff; b=2"], "[] of 1"),
        (&[b"a=\"x\"; a=%22x%22"], "[\"\\\"x\\\"\", \"\\\"x\\\"\"] of 2"),
        (&[b"a=x\ty"], "[] of 0"),
    ] {
        assert_eq!(told(&server, lines).await, expected, "{lines:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn http_2_splits_the_header() {
    use http_body_util::{BodyExt, Empty};

    let server = start(rutter::routes![read]).await;
    let mut client = server.http2().await;
    let request = http::Request::get("http://localhost/read/a").header("cookie", "a=1").header("cookie", "b=2");
    let answer = client.send_request(request.header("cookie", "a=3").body(Empty::new()).unwrap()).await.unwrap();
    assert_eq!(answer.into_body().collect().await.unwrap().to_bytes(), "[\"1\", \"3\"] of 3");
    server.stop().await;
}

#[tokio::test]
async fn a_struct_that_borrows_has_them() {
    let client = Client::new(rutter::routes![page].build().unwrap());
    assert_eq!(client.get("/page").header("cookie", "a=b").await.text(), "2 b");
}

#[tokio::test]
async fn four_kilobytes_are_read() {
    let server = start(rutter::routes![read]).await;
    let value = "x".repeat(4_093);
    assert_eq!(told(&server, &[format!("a={value}").as_bytes()]).await, format!("[\"{value}\"] of 1"));
    server.stop().await;
}

#[tokio::test]
async fn thousands_of_pairs_are_read() {
    let server = start(rutter::routes![read]).await;
    let line = format!("{}a=last", "b=;".repeat(30_000));
    assert_eq!(told(&server, &[line.as_bytes()]).await, "[\"last\"] of 30001");
    server.stop().await;
}

#[test]
fn looking_each_of_many_up_takes_no_longer_than_a_few_times_reading_them() {
    let pairs: Vec<String> = (0..12_000).map(|number| format!("n{number}=")).collect();
    let cookies = Cookies::parse(&pairs.join(";"));
    let began = Instant::now();
    assert!(cookies.iter().all(|(name, _)| cookies.get(name) == Some("")));
    assert!(cookies.iter().all(|(name, _)| cookies.get_all(name).count() == 1));
    // Twice 12,000 times 12,000 comparisons would take many seconds.
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn a_log_has_no_values() {
    assert_eq!(format!("{:?}", Cookies::parse("a=secret; b=c")), "Cookies[\"a\", \"b\"]");
}

proptest! {
    #[test]
    fn text_that_looks_like_cookies_is_read_without_a_panic(line in "[ab=;, \"%0-9\u{e9}\u{2000}\t]{0,60}") {
        let cookies = Cookies::parse(&line);
        for (name, value) in cookies.iter() {
            assert!(!name.is_empty() && !name.contains(['=', ';']), "{name:?}={value:?}");
            assert!(cookies.get_all(name).any(|other| other == value));
        }
    }
}
