//! Heads that are too much, none, or promise power.

use super::*;

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
