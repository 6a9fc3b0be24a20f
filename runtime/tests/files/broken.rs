//! What breaks off while it is sent never looks complete.

use core::time::Duration;
use std::fs;

use http_body_util::{BodyExt, Empty};
use rutter::{BoxError, prelude::*};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::sleep,
};

use crate::{Site, file};

/// Two chunks, which are on their way when an error follows.
#[route(GET, "/breaks", register = false)]
fn breaks() -> Body {
    Body::stream(futures_util::stream::unfold(0, |step| async move {
        if step < 2 {
            return Some((Ok("chunk"), step + 1));
        }
        sleep(Duration::from_millis(50)).await;
        Some((Err(BoxError::from("on purpose")), step))
    }))
}

#[tokio::test]
async fn a_file_that_becomes_shorter_while_it_is_sent_cuts_the_connection() {
    let site = Site::of(&[("large.bin", &vec![1; 40_000_000])]).await;
    let mut client = site.server.connect().await;
    client.write_all(b"GET /file/large.bin HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("it can be sent");
    let mut start = vec![0; 1_024];
    client.read_exact(&mut start).await.expect("the beginning");
    assert!(String::from_utf8_lossy(&start).contains("content-length: 40000000\r\n"));
    let file = fs::File::options().write(true).open(site.path("large.bin")).expect("it can be opened");
    file.set_len(1_000).expect("it can be cut");
    let mut rest = Vec::new();
    // Whether by an end or by a reset: the client sees that it is not all.
    let _ = client.read_to_end(&mut rest).await;
    assert!(rest.len() < 40_000_000, "{} bytes came", rest.len());
}

#[tokio::test]
async fn a_file_that_became_shorter_is_sent_as_it_is() {
    let site = Site::of(&[("large.bin", &vec![1; 200_000])]).await;
    fs::write(site.path("large.bin"), "short").expect("it can be written");
    assert_eq!(site.get("/file/large.bin").await.text(), "short");
}

#[tokio::test]
async fn a_stream_that_fails_has_no_end_in_http_1_1() {
    let site = Site::with(rutter::routes![breaks, file], &[]).await;
    let answer = site.get("/breaks").await;
    assert_eq!((answer.status(), answer.header("transfer-encoding")), (200, Some("chunked")));
    assert!(answer.closed, "the connection is cut");
    // The chunk of no bytes would say that this is all (RFC 9112 §7.1).
    assert_eq!(answer.text(), "5\r\nchunk\r\n5\r\nchunk\r\n");
}

#[tokio::test]
async fn a_stream_that_fails_is_reset_in_http_2() {
    let site = Site::with(rutter::routes![breaks, file], &[]).await;
    let mut sender = site.server.http2().await;
    let request = http::Request::get("http://localhost/breaks").body(Empty::<Bytes>::new()).expect("a request");
    let answer = sender.send_request(request).await.expect("an answer");
    let error = answer.into_body().collect().await.expect_err("it breaks off");
    assert!(format!("{error:?}").contains("Reset"), "{error:?}");
    // The other streams of the connection go on.
    let request = http::Request::get("http://localhost/file/none").body(Empty::<Bytes>::new()).expect("a request");
    assert_eq!(sender.send_request(request).await.expect("an answer").status(), 404);
}
