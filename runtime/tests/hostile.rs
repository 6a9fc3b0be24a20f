//! What a hostile client can send: each is answered with a problem of the 4xx sort, nothing
//! panics, nothing hangs, nothing of the inside is told, and the next client is served.

// A handler takes its arguments by value, and may be `async` without waiting.
#![allow(clippy::needless_pass_by_value, clippy::unused_async)]

mod common;

use core::time::Duration;
use std::{cell::RefCell, panic, sync::Once};

use common::{Answer, Running};
use proptest::{collection::vec, prelude::*, sample::select};
use rutter::{Limits, Multipart, prelude::*, testing::Client};
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    runtime::Runtime,
    time::{sleep, timeout},
};

#[route(GET, "/alive")]
fn alive() -> &'static str {
    "alive"
}

#[route(GET, "/items/[id]")]
async fn item(id: u8) -> String {
    id.to_string()
}

#[route(GET, "/files/[...path]")]
async fn files(path: Vec<String>) -> String {
    path.join(" ")
}

#[route(GET, "/search")]
async fn search(search: Query<Search>) -> String {
    format!("{} {} {:?}", search.page, search.tag.len(), search.exact)
}

#[derive(Debug, Deserialize)]
struct Search {
    page: u8,
    #[serde(default)]
    tag: Vec<String>,
    exact: Option<bool>,
}

#[route(POST, "/json")]
async fn json(item: Json<InnermostSecret>) -> String {
    format!("{} {} {:?}", item.name, item.count, item.tags)
}

#[route(POST, "/form")]
async fn form(item: Form<InnermostSecret>) -> String {
    format!("{} {} {:?}", item.name, item.count, item.tags)
}

#[derive(Debug, Deserialize)]
struct InnermostSecret {
    name: String,
    count: u8,
    #[serde(default)]
    tags: Vec<String>,
}

#[route(POST, "/value")]
async fn value(value: Json<serde_json::Value>) -> Json<serde_json::Value> {
    value
}

#[route(POST, "/upload")]
async fn upload(mut form: Multipart) -> Result<String, Problem> {
    let mut parts = Vec::new();
    while let Some(part) = form.next_part().await? {
        let name = part.name().unwrap_or_default().to_owned();
        parts.push(format!("{name}: {}", part.text().await?));
    }
    Ok(parts.join(", "))
}

#[route(POST, "/text")]
async fn text(text: String) -> String {
    text
}

#[route(POST, "/small", body_limit = 16kb)]
async fn small(body: Bytes) -> String {
    body.len().to_string()
}

#[route(POST, "/stream")]
async fn stream(mut body: Body) -> Result<String, Problem> {
    let mut len = 0;
    while let Some(chunk) = body.chunk().await {
        len += chunk?.len();
    }
    Ok(len.to_string())
}

fn routes() -> rutter::Routes {
    let limits = Limits { body: 256 * 1024, body_idle: Duration::from_millis(100), ..Limits::default() };
    rutter::routes![alive, item, files, search, json, form, value, upload, text, small, stream].limits(limits)
}

async fn start() -> Running {
    note_panics();
    common::start_with(routes(), |server| server.header_timeout(Duration::from_millis(300))).await
}

// Targets.

#[tokio::test]
async fn a_target_that_cannot_be_read_is_a_400() {
    let server = start().await;
    for target in [
        "/items/%",
        "/items/%2",
        "/items/%zz",
        "/items/%FF",
        "/items/%C3",
        "/items/%C0%AF",
        "/items/%ED%A0%80",
        "/items/a%00b",
        "/%00",
        "/items/..%2f..",
        "/files/..",
        "/files/%2e%2e/etc/passwd",
        "/files/./a",
        "/files/a/%2E",
        "*",
        "http:",
        "items/1",
        "?",
        "http://localhost:99999/alive",
        "file:///etc/passwd",
        "gopher://localhost/alive",
    ] {
        if target == "/items/..%2f.." {
            // The escaped slash makes one segment of it, which is no dot segment and no number.
            refused(&server, target, 404).await;
        } else if matches!(target, "http:" | "items/1" | "?" | "file:///etc/passwd") {
            refused_by_hyper(&server, target, 400).await;
        } else {
            refused(&server, target, 400).await;
        }
    }
}

#[tokio::test]
async fn bytes_that_no_target_may_hold_are_a_400_by_hyper() {
    let server = start().await;
    for target in [&b"/items/\0"[..], b"/items/\x7f", b"/items/\x01", b"/items/ 1", b"/items/\t", b"/items/\r1"] {
        let request = [b"GET ", target, b" HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"].concat();
        let answer = exchange(&server, &request).await;
        assert_eq!(answer.status(), 400, "{}", target.escape_ascii());
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn what_a_path_spells_but_its_type_is_not_is_a_404() {
    let server = start().await;
    for id in
        ["256", "-1", "1.0", "1e2", "0x1", "", " ", "%20", "%2B1", "NaN", "99999999999999999999999", "\u{661}", "1%0A"]
    {
        let id = id.replace(' ', "%20");
        refused(&server, &format!("/items/{id}x"), 404).await;
    }
    refused(&server, "/items/256", 404).await;
    refused(&server, &format!("/items/{}", "9".repeat(60_000)), 404).await;
    refused(&server, &format!("/{}", "a/".repeat(30_000)), 308).await;
    refused(&server, &format!("{}/a", "/a".repeat(30_000)), 404).await;
    refused_by_hyper(&server, &format!("/items/{}", "9".repeat(70_000)), 414).await;
}

#[tokio::test]
async fn a_query_that_does_not_fit_is_a_400() {
    let server = start().await;
    let pairs = |count| format!("page=1&{}", "tag=x&".repeat(count));
    for query in [
        "",
        "page",
        "page=",
        "page=x",
        "page=256",
        "page=-1",
        "page=1&page=2",
        "page=%",
        "page=%zz",
        "page=%FF",
        "page=1&tag=%C3",
        "page=1&exact=maybe",
        "%00=%00",
        "page=%00",
        "PAGE=1",
        "page[]=1",
        "page=1;tag=x",
        &pairs(1_001),
        &pairs(5_000),
        &"&".repeat(10),
        &"a&".repeat(30_000),
    ] {
        refused(&server, &format!("/search?{query}"), 400).await;
    }
    assert_eq!(server.get(&format!("/search?{}", pairs(900))).await.status(), 200);
    // A hundred thousand pairs are longer than any target may be.
    refused_by_hyper(&server, &format!("/search?{}", pairs(12_000)), 414).await;
    refused_by_hyper(&server, &format!("/search?{}", pairs(100_000)), 431).await;
}

// Heads.

#[tokio::test]
async fn a_head_that_is_too_much_is_a_431_by_hyper() {
    let server = start().await;
    let headers = |count: usize| (0..count).map(|number| format!("x-{number}: y\r\n")).collect::<Vec<_>>().concat();
    let (many, very_many) = (headers(101), headers(10_000));
    let large = format!("x: {}\r\n", "y".repeat(500_000));
    let name = format!("{}: y\r\n", "x".repeat(100_000));
    for headers in [many, very_many, large, name] {
        let head = format!("GET /alive HTTP/1.1\r\nhost: a\r\n{headers}connection: close\r\n\r\n");
        let answer = exchange(&server, head.as_bytes()).await;
        assert_eq!((answer.status(), answer.closed), (431, true));
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn a_head_that_is_none_is_a_400_by_hyper() {
    let server = start().await;
    for head in [
        "GET\r\n\r\n",
        "GET /alive\r\n\r\n",
        "GET /alive HTTP/1.1 \r\n\r\n",
        "GET /alive HTTP/9.9\r\nhost: a\r\n\r\n",
        "GET /alive HTTP/1.1\r\nhost : a\r\n\r\n",
        "GET /alive HTTP/1.1\r\nhost: a\r\n folded: b\r\n\r\n",
        "GET /alive HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n",
        "GET /alive HTTP/1.1\r\nhost: a\r\nx y: z\r\n\r\n",
        "GET /alive HTTP/1.1\r\nhost: a\r\n: z\r\n\r\n",
        "POST /text HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        "POST /text HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 2\r\n\r\n",
        "POST /text HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n",
        "POST /text HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
        "POST /text HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n",
        "{}\r\n\r\n",
    ] {
        let answer = exchange(&server, head.as_bytes()).await;
        assert!(answer.closed && matches!(answer.status(), 400 | 505), "{head:?}: {}", answer.head);
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn headers_that_promise_power_mean_nothing() {
    let server = start().await;
    for header in [
        "x-http-method-override: DELETE",
        "x-original-url: /items/7",
        "x-rewrite-url: /items/7",
        "x-middleware-subrequest: src/middleware",
        "x-forwarded-prefix: /items",
        "upgrade: h2c",
        "content-type: application/json",
        "range: bytes=0-18446744073709551615",
    ] {
        let head = format!("GET /alive HTTP/1.1\r\nhost: a\r\n{header}\r\nconnection: close\r\n\r\n");
        let answer = exchange(&server, head.as_bytes()).await;
        assert_eq!((answer.status(), answer.text()), (200, "alive".to_owned()), "{header}");
    }
}

// Bodies.

#[tokio::test]
async fn a_body_of_another_type_than_the_route_reads_is_a_415() {
    let server = start().await;
    for path in ["/json", "/value", "/form", "/upload"] {
        for media_type in [
            "text/plain",
            "",
            ";",
            "/",
            "application",
            "application/jsonx",
            "text/json",
            "application/xml",
            "multipart/mixed",
            "application/json, text/plain",
            "\u{e9}",
            "application/x-www-form-urlencoded-not",
            "multipart/form-data-not",
        ] {
            refused_body(&server, path, media_type, "{}", 415).await;
        }
        let bare = format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}");
        assert_refused(&exchange(&server, bare.as_bytes()).await, 415, path);
        let nothing = format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        assert_refused(&exchange(&server, nothing.as_bytes()).await, 400, path);
        let two = "content-type: application/json\r\ncontent-type: application/json\r\n";
        let two = format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{two}content-length: 2\r\n\r\n{{}}");
        assert_refused(&exchange(&server, two.as_bytes()).await, 400, path);
    }
}

#[tokio::test]
async fn json_that_is_none_is_a_400_for_every_type() {
    let server = start().await;
    let deep = ["[", "{\"a\":", "[{\"a\":"].map(|open| open.repeat(100_000 / open.len()));
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut texts: Vec<Vec<u8>> = [
        "",
        " ",
        "{",
        "{\"name\"",
        "{\"name\":",
        "{\"name\":\"a",
        "{\"name\":\"a\",",
        "nul",
        "NaN",
        "Infinity",
        "'a'",
        "{name:1}",
        "[1,]",
        "{\"a\":1,}",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "0x1",
        "// a\n{}",
        "{}{}",
        "{} x",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\uZZZZ\"",
        "\"\\x41\"",
        "\"a\nb\"",
        "\u{feff}{}",
        "{\"name\":\"\\ud800\",\"count\":1}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    texts.extend(deep.map(String::into_bytes));
    texts.extend(
        [&b"\"\xff\""[..], b"\xff\xfe{\0}\0", b"\"\xc0\xaf\"", b"\"\xed\xa0\x80\"", b"{}\0", b"\0"].map(<[u8]>::to_vec),
    );
    for text in texts {
        for path in ["/value", "/json"] {
            refused_body(&server, path, "application/json", &text, 400).await;
        }
    }
    // Well formed, and too deep for a value; a type sees at the first bracket that it does not fit.
    refused_body(&server, "/value", "application/json", &closed, 400).await;
    refused_body(&server, "/json", "application/json", &closed, 422).await;
}

#[tokio::test]
async fn json_that_does_not_fit_is_a_422() {
    let server = start().await;
    for text in [
        "null",
        "1",
        "\"a\"",
        "true",
        "[]",
        "{}",
        "[1,2,3,4]",
        "{\"name\":1,\"count\":1}",
        "{\"name\":\"a\",\"count\":256}",
        "{\"name\":\"a\",\"count\":-1}",
        "{\"name\":\"a\",\"count\":1.5}",
        "{\"name\":\"a\",\"count\":1e2}",
        "{\"name\":\"a\",\"count\":99999999999999999999}",
        "{\"name\":\"a\",\"name\":\"b\",\"count\":1}",
        "{\"name\":\"a\",\"count\":1,\"tags\":{}}",
        "{\"name\":\"a\",\"count\":1,\"tags\":[1,null,{},[],\"\"]}",
        "{\"name\":null,\"count\":null,\"tags\":null}",
    ] {
        refused_body(&server, "/json", "application/json", text, 422).await;
    }
    // Many faults at once are found within bounds.
    let many = format!("{{\"name\":1,\"count\":\"\",\"tags\":[{}0]}}", "0,".repeat(100_000));
    refused_body(&server, "/json", "application/json", many, 422).await;
    // What nobody asked for is read over, however deep.
    let extra = format!("{{\"name\":\"a\",\"count\":1,\"more\":{}{}}}", "[".repeat(100), "]".repeat(100));
    assert_eq!(server.post("/json", "application/json", extra).await.status(), 200);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_a_400_and_one_that_does_not_fit_a_422() {
    let server = start().await;
    let kind = "application/x-www-form-urlencoded";
    let many = "name=a&".repeat(10_000);
    for body in [&b"%"[..], b"name=%zz", b"name=%FF&count=1", b"name=\xff&count=1", b"%C3=1&%A9=2", many.as_bytes()] {
        refused_body(&server, "/form", kind, body, 400).await;
    }
    for body in
        ["", "=", "&", "name", "name=a", "name=a&count=256", "name=a&name=b&count=1", "name=a&count=1&count=2", "{}"]
    {
        refused_body(&server, "/form", kind, body, 422).await;
    }
}

#[tokio::test]
async fn a_multipart_body_that_cannot_be_read_is_a_400_and_one_of_too_many_parts_a_413() {
    let server = start().await;
    let part = "--x\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n";
    let header = |header: &str| format!("--x\r\n{header}\r\n\r\nb\r\n--x--\r\n").into_bytes();
    for body in [
        Vec::new(),
        b"--x".to_vec(),
        b"--x\r\n".to_vec(),
        part.as_bytes().to_vec(),
        part.as_bytes()[..part.len() - 8].to_vec(),
        b"--y\r\n\r\n\r\n--y--\r\n".to_vec(),
        b"{}".to_vec(),
        header("no header"),
        header("a: \0"),
        header("\u{e9}: b"),
        header(&format!("a: {}", "b".repeat(200_000))),
        header(&"a: b\r\n".repeat(10_000)),
        b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\n\xff\xfe\r\n--x--\r\n".to_vec(),
    ] {
        let answer = exchange(&server, &post("/upload", "multipart/form-data; boundary=x", &body)).await;
        assert_refused(&answer, 400, &body[..body.len().min(80)].escape_ascii().to_string());
        still_serves(&server).await;
    }
    let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
    for kind in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", &long] {
        refused_body(&server, "/upload", kind, part, 400).await;
    }
    let parts = format!("{}--x--\r\n", "--x\r\n\r\n\r\n".repeat(10_000));
    refused_body(&server, "/upload", "multipart/form-data; boundary=x", parts, 413).await;
}

#[tokio::test]
async fn the_headers_of_a_part_that_come_byte_by_byte_keep_nobody_busy() {
    let server = start().await;
    let head = "POST /upload HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\
                content-type: multipart/form-data; boundary=x\r\n\r\n5\r\n--x\r\n\r\n";
    let bytes = "1\r\nx\r\n".repeat(64 * 1024);
    // Were all of them searched with each, this would take longer than `exchange` waits.
    let answer = exchange(&server, format!("{head}{bytes}0\r\n\r\n").as_bytes()).await;
    assert_refused(&answer, 400, "headers byte by byte");
}

#[tokio::test]
async fn text_that_is_no_utf_8_is_a_400() {
    let server = start().await;
    for body in [&b"\xff"[..], b"a\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"] {
        refused_body(&server, "/text", "text/plain", body, 400).await;
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_a_413_with_a_length_and_without() {
    let server = start().await;
    let body = "x".repeat(300 * 1024);
    let chunks = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for path in ["/text", "/value", "/json", "/form", "/upload", "/stream"] {
        let kind = match path {
            "/form" => "application/x-www-form-urlencoded",
            "/upload" => "multipart/form-data; boundary=x",
            "/text" | "/stream" => "text/plain",
            _ => "application/json",
        };
        refused_body(&server, path, kind, &body, 413).await;
        // The length alone is enough.
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-type: {kind}\r\n");
        for length in ["262145", "9999999999", "9223372036854775807"] {
            let answer = exchange(&server, format!("{head}content-length: {length}\r\n\r\n").as_bytes()).await;
            assert_refused(&answer, 413, path);
        }
        let answer = exchange(&server, format!("{head}transfer-encoding: chunked\r\n\r\n{chunks}").as_bytes()).await;
        assert_refused(&answer, 413, path);
        still_serves(&server).await;
    }
    let trickle = format!("{}0\r\n\r\n", "1\r\nx\r\n".repeat(20 * 1024));
    let head = "POST /small HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    assert_refused(&exchange(&server, format!("{head}{trickle}").as_bytes()).await, 413, "many small chunks");
}

#[tokio::test]
async fn chunks_that_are_none_are_a_400() {
    let server = start().await;
    for path in ["/text", "/stream"] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n");
        for chunks in [
            "x\r\n",
            "-1\r\n",
            "0x1\r\na\r\n",
            "fffffffffffffffff\r\n",
            "ffffffffffffffff\r\na",
            "1\r\nab\r\n",
            "1\ra\r\n",
            "\r\n",
            "1\na\n0\n\n",
            "1 1\r\na\r\n",
            "1;\r\na\r\n",
            "5 \r\nhello\r\n0\r\n\r\n",
            "0\r\nx\r\n\r\n",
            "0\r\n: y\r\n\r\n",
        ] {
            let answer = exchange(&server, format!("{head}{chunks}").as_bytes()).await;
            assert_refused(&answer, 400, chunks);
            assert!(answer.closed, "{chunks:?}");
            still_serves(&server).await;
        }
        let bomb = format!("{head}1;{}\r\na\r\n0\r\n\r\n", "a".repeat(100_000));
        assert_refused(&exchange(&server, bomb.as_bytes()).await, 400, "a bomb of extensions");
        let bomb = format!("{head}0\r\n{}\r\n", "a: b\r\n".repeat(10_000));
        assert_refused(&exchange(&server, bomb.as_bytes()).await, 400, "a bomb of trailers");
    }
}

// Clients that do not do what they said.

#[tokio::test]
async fn a_client_that_stops_in_its_body_is_given_up_with_a_408() {
    let server = start().await;
    for path in ["/text", "/stream", "/value", "/form", "/upload"] {
        let kind = match path {
            "/form" => "application/x-www-form-urlencoded",
            "/upload" => "multipart/form-data; boundary=x",
            _ => "application/json",
        };
        for (framing, start) in [("content-length: 100", "--x\r\n"), ("transfer-encoding: chunked", "5\r\n--x\r\n")] {
            let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-type: {kind}\r\n{framing}\r\n\r\n");
            for start in ["", start] {
                let answer = exchange(&server, format!("{head}{start}").as_bytes()).await;
                assert_refused(&answer, 408, path);
                assert!(answer.closed, "{path}");
            }
        }
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn a_client_that_leaves_in_its_head_or_body_leaves_nothing_behind() {
    let server = start().await;
    for start in [
        "",
        "G",
        "GET /alive HTTP/1.1\r\nhost:",
        "POST /text HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf",
        "POST /json HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{",
        "POST /upload HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 10\r\n\r\n--x",
        "POST /stream HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhe",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = server.connect().await;
        stream.write_all(start.as_bytes()).await.expect("the start can be sent");
        sleep(Duration::from_millis(10)).await;
        drop(stream);
        // One that only says it will send no more is told what was wrong, or let go.
        let mut stream = server.connect().await;
        stream.write_all(start.as_bytes()).await.expect("the start can be sent");
        stream.shutdown().await.expect("one side can be closed");
        let answer = Answer::read(&mut stream).await;
        assert!(answer.closed && matches!(answer.status(), 0 | 400 | 408), "{start:?}: {}", answer.head);
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn garbage_behind_a_request_ends_the_connection_and_nothing_else() {
    let server = start().await;
    for garbage in ["garbage\r\n\r\n", "\0\0\0\0", "GET", "{\"a\":1}", "\x16\x03\x01", "HTTP/1.1 200 OK\r\n\r\n"] {
        let request = format!("GET /alive HTTP/1.1\r\nhost: a\r\n\r\n{garbage}");
        let answer = exchange(&server, request.as_bytes()).await;
        assert!(answer.status() == 200 && answer.closed, "{garbage:?}: {}", answer.head);
        assert!(answer.text().starts_with("alive") && !answer.text().contains("HTTP/1.1 200"), "{garbage:?}");
        still_serves(&server).await;
    }
}

#[tokio::test]
async fn a_thousand_requests_at_once_on_one_connection_are_all_answered() {
    let server = start().await;
    let request = "GET /alive HTTP/1.1\r\nhost: a\r\n\r\n".repeat(1_000);
    let answer = exchange(&server, request.as_bytes()).await;
    assert_eq!(answer.text().matches("alive").count(), 1_000);
}

// Anything at all.

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic_or_hang_the_server(pieces in vec(piece(), 0..12)) {
        let request = pieces.concat();
        runtime().block_on(async {
            let server = start().await;
            let mut stream = server.connect().await;
            let (mut reader, mut writer) = stream.split();
            let send = async {
                // The server may have heard enough.
                let _ = writer.write_all(&request).await;
                let _ = writer.shutdown().await;
            };
            let mut answer = Vec::new();
            let all = async { tokio::join!(send, reader.read_to_end(&mut answer)) };
            assert!(timeout(Duration::from_secs(10), all).await.is_ok(), "a hang: {}", request.escape_ascii());
            assert!(!answer.windows(14).any(|window| window == b"HTTP/1.1 500 I"), "{}", request.escape_ascii());
            still_serves(&server).await;
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_or_query_is_answered_but_with_a_2xx_or_a_4xx(bytes in anything()) {
        note_panics();
        let client = Client::new(routes().build().expect("the routes fit together"));
        let query = escaped(&bytes);
        runtime().block_on(async {
            for (path, kind) in [
                ("/json", "application/json"),
                ("/value", "application/json"),
                ("/form", "application/x-www-form-urlencoded"),
                ("/upload", "multipart/form-data; boundary=x"),
                ("/text", "text/plain"),
                ("/stream", "text/plain"),
            ] {
                let answer = client.post(path).header("content-type", kind).body(bytes.clone()).send().await;
                let status = answer.status();
                assert!(status.is_success() || status.is_client_error(), "{path} {status}: {}", bytes.escape_ascii());
                assert!(status.is_success() || answer.header("content-type") == Some(PROBLEM), "{path} {status}");
            }
            for target in [format!("/search?{query}"), format!("/search?page={query}"), format!("/items/{query}")] {
                let status = client.get(&target).send().await.status();
                assert!(status.is_success() || status.is_client_error() || status == 308, "{target} {status}");
            }
        });
        no_panics();
    }
}

/// As a client that means no good would put it into a target: what must be escaped is, `%` is not.
fn escaped(bytes: &[u8]) -> String {
    let escaped = |byte: &u8| match *byte {
        plain if plain.is_ascii_alphanumeric() || b"-._~&=+%/;".contains(&plain) => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(escaped).collect()
}

/// Bytes, and what means something somewhere.
fn anything() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![vec(any::<u8>(), 0..8), select(WORDS).prop_map(|word| word.as_bytes().to_vec())], 0..24)
        .prop_map(|pieces| pieces.concat())
}

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\u",
    "\\ud800",
    "\"name\":",
    "\"a\"",
    "\"count\":",
    "1",
    "-1",
    "1e400",
    "null",
    "true",
    "name=",
    "count=",
    "tags=",
    "page=",
    "&",
    "=",
    "%",
    "%FF",
    "%00",
    "+",
    "--x",
    "--x--",
    "\r\n",
    "\r\n\r\n",
    "--x\r\n",
    "content-disposition: form-data; name=\"a\"",
    "content-disposition: form-data; name=a; filename=b",
    "content-type: ",
    ";",
    "charset=utf-16",
];

/// A part of a request, or what only looks like one.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => vec(any::<u8>(), 0..64),
        6 => select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
    ]
}

const PIECES: &[&str] = &[
    "GET /alive HTTP/1.1\r\n",
    "POST /text HTTP/1.1\r\n",
    "POST /json HTTP/1.1\r\n",
    "POST /upload HTTP/1.1\r\n",
    "GET /files/%2e/a HTTP/1.0\r\n",
    "OPTIONS * HTTP/1.1\r\n",
    "CONNECT a:1 HTTP/1.1\r\n",
    "GET http://a:b/ HTTP/1.1\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\0\0\0\x04\0\0\0\0\0",
    "host: a\r\n",
    "host: a\r\n\r\n",
    "content-length: 5\r\n",
    "content-length: 5\r\n\r\n",
    "transfer-encoding: chunked\r\n",
    "transfer-encoding: chunked\r\n\r\n",
    "expect: 100-continue\r\n",
    "connection: close\r\n",
    "connection: keep-alive\r\n",
    "upgrade: websocket\r\nconnection: upgrade\r\n",
    "content-type: application/json\r\n",
    "content-type: multipart/form-data; boundary=x\r\n",
    "x: ",
    "\r\n",
    "\n",
    "\r",
    " ",
    "5\r\nhello\r\n",
    "5;a=\"b\"\r\nhello\r\n",
    "5 \r\nhello\r\n",
    "0\r\n\r\n",
    "ffffffffffffffff\r\n",
    "hello",
    "{\"name\":",
    "--x\r\n\r\n",
    "--x--",
];

// What each test does.

const PROBLEM: &str = "application/problem+json";

/// A GET of this target is refused with a problem.
async fn refused(server: &Running, target: &str, status: u16) {
    let answer = exchange(server, &get(target)).await;
    if status == 308 {
        assert_eq!(answer.status(), 308, "{target}");
    } else {
        assert_refused(&answer, status, target);
    }
    still_serves(server).await;
}

/// hyper answers before anything of ours sees the request, without a body.
async fn refused_by_hyper(server: &Running, target: &str, status: u16) {
    let answer = exchange(server, &get(target)).await;
    assert_eq!((answer.status(), answer.closed), (status, true), "{}", target.get(..80).unwrap_or(target));
    still_serves(server).await;
}

/// A POST of this body is refused with a problem.
async fn refused_body(server: &Running, path: &str, kind: &str, body: impl AsRef<[u8]>, status: u16) {
    let body = body.as_ref();
    let answer = exchange(server, &post(path, kind, body)).await;
    assert_refused(&answer, status, &format!("{path} {kind} {}", body[..body.len().min(80)].escape_ascii()));
    still_serves(server).await;
}

fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").into_bytes()
}

fn post(path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: {kind}\r\n");
    [format!("{head}content-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// Sends and reads at the same time: the server may answer before it has heard everything.
async fn exchange(server: &Running, request: &[u8]) -> Answer {
    let (mut reader, mut writer) = server.connect().await.into_split();
    let send = async {
        let _ = writer.write_all(request).await;
        writer
    };
    let receive = async {
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match timeout(Duration::from_secs(5), reader.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => return (bytes, true),
                Ok(Ok(len)) => bytes.extend_from_slice(&buffer[..len]),
                Err(_) => return (bytes, false),
            }
        }
    };
    let both = async { tokio::join!(send, receive).1 };
    let (mut bytes, closed) = timeout(Duration::from_secs(20), both).await.expect("the server takes or refuses");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
    let body = bytes.split_off(end);
    Answer { head: String::from_utf8_lossy(&bytes).into_owned(), body, closed }
}

#[track_caller]
fn assert_refused(answer: &Answer, status: u16, what: &str) {
    let told = answer.text();
    assert_eq!(answer.status(), status, "{what}: {} {told}", answer.head);
    assert!(answer.is_problem(), "{what}: {}", answer.head);
    assert!(answer.body.len() < 64 * 1024, "{what}: {} bytes", answer.body.len());
    for inside in
        ["InnermostSecret", "Search", "struct", "rutter", "serde", "multer", "hyper", "panicked", ".rs", "u8", "::"]
    {
        assert!(!told.contains(inside), "{what} tells of `{inside}`: {told}");
    }
}

async fn still_serves(server: &Running) {
    let answer = server.get("/alive").await;
    assert_eq!((answer.status(), answer.text()), (200, "alive".to_owned()));
    no_panics();
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

thread_local! {
    /// The panics of one test, wherever they are caught: it runs on one thread, with its server.
    static PANICS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // An assertion of a test is none of the server's.
            if panic.location().is_some_and(|place| !place.file().contains("tests")) {
                PANICS.with_borrow_mut(|panics| panics.push(panic.to_string()));
            }
            usual(panic);
        }));
    });
}

#[track_caller]
fn no_panics() {
    let panics = PANICS.take();
    assert!(panics.is_empty(), "{panics:#?}");
}
