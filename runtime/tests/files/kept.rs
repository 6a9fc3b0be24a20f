//! What is kept is sent in parts from memory, if its handler said that it may be.

use rutter::{prelude::*, testing::Client};

#[route(GET, "/report", revalidate = 60, register = false)]
fn report() -> Attachment {
    Attachment::new("report.txt", "abcdefghij").content_type("text/plain")
}

#[route(GET, "/text", revalidate = 60, register = false)]
fn text() -> &'static str {
    "abcdefghij"
}

fn client() -> Client {
    Client::new(rutter::routes![report, text].build().expect("the routes fit together"))
}

#[tokio::test]
async fn the_first_request_and_those_after_it_may_ask_for_a_part() {
    let client = client();
    for how in ["rutter; fwd=miss; stored", "rutter; hit; ttl="] {
        let part = client.get("/report").header("range", "bytes=2-4").await;
        assert_eq!((part.status().as_u16(), part.text()), (206, "cde"), "{how}");
        assert_eq!(part.header("content-range"), Some("bytes 2-4/10"), "{how}");
        assert!(part.header("cache-status").is_some_and(|status| status.starts_with(how)), "{part:?}");
        assert_eq!(part.header("age").is_some(), how.contains("hit"), "{how}");
    }
    let whole = client.get("/report").await;
    assert_eq!((whole.status().as_u16(), whole.text()), (200, "abcdefghij"));
    assert!(whole.header("cache-status").is_some_and(|status| status.starts_with("rutter; hit")));
}

#[tokio::test]
async fn a_part_of_what_is_kept_has_the_version_of_the_whole() {
    let client = client();
    let etag = client.get("/report").await.header("etag").expect("an entity tag").to_owned();
    let ask = async |headers: &[(&str, &str)]| {
        let request = client.get("/report").header("range", "bytes=-3");
        headers.iter().fold(request, |request, (name, value)| request.header(name, value)).await
    };
    let part = ask(&[("if-range", &etag)]).await;
    assert_eq!((part.status().as_u16(), part.text(), part.header("etag")), (206, "hij", Some(&*etag)));
    assert_eq!(ask(&[("if-range", "\"x\"")]).await.text(), "abcdefghij");
    assert_eq!(ask(&[("if-none-match", &etag)]).await.status(), 304);
    assert_eq!(ask(&[("if-match", "\"x\"")]).await.status(), 412);
    let several = client.get("/report").header("range", "bytes=0-1,5-6").await;
    assert_eq!((several.status().as_u16(), several.text().contains("\r\n\r\nfg\r\n--")), (206, true));
    let none = client.get("/report").header("range", "bytes=10-").await;
    assert_eq!((none.status().as_u16(), none.header("content-range")), (416, Some("bytes */10")));
    let head = client.head("/report").header("range", "bytes=0-1").await;
    assert_eq!((head.status().as_u16(), head.header("content-length")), (200, Some("10")));
}

#[tokio::test]
async fn what_does_not_say_that_it_has_parts_is_sent_whole() {
    let client = client();
    for _ in 0..2 {
        let answer = client.get("/text").header("range", "bytes=0-1").await;
        assert_eq!(
            (answer.status().as_u16(), answer.text(), answer.header("content-range")),
            (200, "abcdefghij", None)
        );
    }
}
