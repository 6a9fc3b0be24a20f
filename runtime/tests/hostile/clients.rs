//! Clients that do not do what they said.

use super::*;

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
