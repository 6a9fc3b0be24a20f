//! Bodies of another type, of another shape, or too large.

use super::*;

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

#[tokio::test]
async fn a_thousand_long_names_of_a_form_keep_nobody_busy() {
    let server = start().await;
    let kind = "application/x-www-form-urlencoded";
    for name in ["a", "%61"] {
        let names: Vec<String> = (0..1_000).map(|number| format!("{}{number}=", name.repeat(80))).collect();
        refused_body(&server, "/form", kind, names.join("&"), 422).await;
    }
}
