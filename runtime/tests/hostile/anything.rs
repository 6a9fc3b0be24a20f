//! Anything at all: random requests and random bodies.

use super::*;

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
