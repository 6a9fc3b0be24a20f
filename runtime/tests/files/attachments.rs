//! Bytes that the program has made are sent in parts, like a file.

use rutter::{prelude::*, testing::Client};

#[route(GET, "/letters", dynamic, register = false)]
fn letters() -> Attachment {
    Attachment::new("letters.txt", "abcdefghij").content_type("text/plain")
}

#[route(GET, "/version", dynamic, register = false)]
fn version() -> impl IntoResponse {
    Attachment::new("letters.txt", "abcdefghij").header("etag", "\"7\"")
}

#[route(GET, "/stream", register = false)]
fn stream() -> Attachment {
    Attachment::new("letters.txt", Body::stream(futures_util::stream::iter([Ok::<_, rutter::BoxError>("abc")])))
}

#[route(POST, "/made", register = false)]
fn made() -> Attachment {
    Attachment::new("letters.txt", "abcdefghij")
}

fn client() -> Client {
    Client::new(rutter::routes![letters, version, stream, made].build().expect("the routes fit together"))
}

#[tokio::test]
async fn an_attachment_is_sent_whole_or_in_part() {
    let client = client();
    let whole = client.get("/letters").await;
    assert_eq!((whole.status().as_u16(), whole.text()), (200, "abcdefghij"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let part = client.get("/letters").header("range", "bytes=2-4").await;
    assert_eq!((part.status().as_u16(), part.text()), (206, "cde"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(part.header("content-disposition"), Some("attachment; filename=\"letters.txt\""));
    let several = client.get("/letters").header("range", "bytes=0-0,9-9").await;
    assert!(several.header("content-type").is_some_and(|kind| kind.starts_with("multipart/byteranges")));
    assert_eq!(several.text().matches("content-type: text/plain\r\n").count(), 2);
    let none = client.get("/letters").header("range", "bytes=10-").await;
    assert_eq!((none.status().as_u16(), none.header("content-range")), (416, Some("bytes */10")));
    let head = client.head("/letters").header("range", "bytes=2-4").await;
    assert_eq!((head.status().as_u16(), head.header("content-length")), (200, Some("10")));
}

#[tokio::test]
async fn its_version_is_what_the_handler_says() {
    let client = client();
    let ask = async |name: &str, value: &str| {
        let answer = client.get("/version").header("range", "bytes=0-0").header(name, value).await;
        answer.status().as_u16()
    };
    assert_eq!(ask("if-range", "\"7\"").await, 206);
    assert_eq!(ask("if-range", "\"6\"").await, 200);
    assert_eq!(ask("if-none-match", "\"7\"").await, 304);
    assert_eq!(ask("if-match", "\"6\"").await, 412);
    let unknown = client.get("/letters").header("range", "bytes=0-0").header("if-range", "\"7\"").await;
    assert_eq!(unknown.status(), 200, "what has no version is not known to be the same");
}

#[tokio::test]
async fn a_stream_and_the_answer_to_a_post_have_no_parts() {
    let client = client();
    let answer = client.get("/stream").header("range", "bytes=0-0").await;
    assert_eq!((answer.status().as_u16(), answer.text(), answer.header("accept-ranges")), (200, "abc", None));
    let answer = client.post("/made").header("range", "bytes=0-0").await;
    assert_eq!((answer.status().as_u16(), answer.text()), (200, "abcdefghij"));
}
