//! What a client has already is not sent again, and what it does not expect is not sent at all.

use std::fs;

use crate::{DATE, Site};

const ETAG: &str = "\"b-188fcf053de38000\"";
const EARLIER: &str = "Sat, 31 Jan 2026 11:59:59 GMT";
const LATER: &str = "Sun, 01 Feb 2026 09:00:00 GMT";

type Headers = &'static [(&'static str, &'static str)];

/// The order of RFC 9110 §13.2.2, each step with and without a range behind it.
#[tokio::test]
async fn conditions_are_evaluated_in_their_order_and_the_range_last() {
    let site = Site::of(&[("a.txt", b"hello, file")]).await;
    // The headers of the request, the status without `Range`, the status with it.
    let table: &[(Headers, u16, u16)] = &[
        (&[], 200, 206),
        (&[("if-match", ETAG)], 200, 206),
        (&[("if-match", "*")], 200, 206),
        (&[("if-match", "\"x\"")], 412, 412),
        (&[("if-match", "W/\"b-188fcf053de38000\"")], 412, 412),
        (&[("if-match", ETAG), ("if-unmodified-since", EARLIER)], 200, 206),
        (&[("if-match", "\"x\""), ("if-none-match", ETAG)], 412, 412),
        (&[("if-unmodified-since", DATE)], 200, 206),
        (&[("if-unmodified-since", EARLIER)], 412, 412),
        (&[("if-unmodified-since", EARLIER), ("if-none-match", ETAG)], 412, 412),
        (&[("if-unmodified-since", "yesterday")], 200, 206),
        (&[("if-none-match", ETAG)], 304, 304),
        (&[("if-none-match", "W/\"b-188fcf053de38000\"")], 304, 304),
        (&[("if-none-match", "*")], 304, 304),
        (&[("if-none-match", "\"x\", \"y\"")], 200, 206),
        (&[("if-none-match", "\"x\""), ("if-modified-since", LATER)], 200, 206),
        (&[("if-match", ETAG), ("if-none-match", ETAG)], 304, 304),
        (&[("if-modified-since", DATE)], 304, 304),
        (&[("if-modified-since", LATER)], 304, 304),
        (&[("if-modified-since", EARLIER)], 200, 206),
        (&[("if-modified-since", DATE), ("if-range", ETAG)], 304, 304),
        (&[("if-range", ETAG)], 200, 206),
        (&[("if-range", DATE)], 200, 206),
        (&[("if-range", "\"x\"")], 200, 200),
        (&[("if-range", "W/\"b-188fcf053de38000\"")], 200, 200),
        (&[("if-range", EARLIER)], 200, 200),
        (&[("if-range", LATER)], 200, 200),
        (&[("if-none-match", "\"x\""), ("if-range", "\"x\"")], 200, 200),
        (&[("if-none-match", ETAG), ("if-range", "\"x\"")], 304, 304),
    ];
    for (headers, whole, part) in table {
        let answer = site.with_headers("/file/a.txt", headers).await;
        assert_eq!(answer.status(), *whole, "{headers:?}");
        let with_range = [*headers, &[("range", "bytes=0-4")]].concat();
        let answer = site.with_headers("/file/a.txt", &with_range).await;
        assert_eq!(answer.status(), *part, "{with_range:?}");
        match part {
            200 => assert_eq!(answer.text(), "hello, file", "{with_range:?}"),
            206 => assert_eq!(answer.text(), "hello", "{with_range:?}"),
            304 => assert_eq!(answer.text(), "", "{with_range:?}"),
            _ => assert!(answer.is_problem(), "{with_range:?}"),
        }
        // RFC 9110 §14.2: to a HEAD a range means nothing.
        let head = site.ask("HEAD", "/file/a.txt", &with_range).await;
        assert_eq!((head.status(), head.body.len()), (*whole, 0), "{with_range:?}");
    }
}

#[tokio::test]
async fn a_304_tells_the_version_and_nothing_of_the_content() {
    let site = Site::of(&[("a.txt", b"hello, file")]).await;
    let answer = site.with_headers("/file/a.txt", &[("if-none-match", ETAG)]).await;
    assert_eq!((answer.header("etag"), answer.header("last-modified")), (Some(ETAG), Some(DATE)));
    for name in ["content-type", "content-length", "accept-ranges", "content-range", "x-content-type-options"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn another_content_has_another_entity_tag() {
    let site = Site::of(&[("a.txt", b"hello, file")]).await;
    fs::write(site.path("a.txt"), "hallo, datei").expect("it can be written");
    let answer = site.with_headers("/file/a.txt", &[("if-none-match", ETAG)]).await;
    assert_eq!((answer.status(), answer.text().as_str()), (200, "hallo, datei"));
    let answer = site.with_headers("/file/a.txt", &[("range", "bytes=5-"), ("if-range", ETAG)]).await;
    assert_eq!((answer.status(), answer.text().as_str()), (200, "hallo, datei"));
}

#[tokio::test]
async fn a_part_of_what_has_just_been_changed_is_not_promised_to_fit() {
    let site = Site::of(&[]).await;
    fs::write(site.path("new.txt"), "new").expect("it can be written");
    let answer = site.get("/file/new.txt").await;
    let tags = ["etag", "last-modified"].map(|name| answer.header(name).expect("it is told").to_owned());
    let answer = site.with_headers("/file/new.txt", &[("range", "bytes=0-0"), ("if-range", &tags[0])]).await;
    assert_eq!(answer.status(), 200, "{tags:?}");
    let answer = site.with_headers("/file/new.txt", &[("if-none-match", &tags[0])]).await;
    assert_eq!(answer.status(), 304, "{tags:?}");
}
