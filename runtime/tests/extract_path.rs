//! From the segments of a path to the arguments of their names.

// A handler takes its arguments by value, and may be `async` without waiting.
#![allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unnecessary_wraps)]

use std::{borrow::Cow, net::IpAddr, num::NonZeroU32};

use rutter::{FromSegment, SegmentError, prelude::*, testing::Client};

#[route(GET, "/products/[id]")]
fn product(id: NonZeroU32) -> String {
    format!("product {id}")
}

#[route(GET, "/tags/[tag]")]
fn tag(tag: &str) -> String {
    format!("tag {tag}")
}

#[route(GET, "/copies/[text]")]
fn copied(text: Cow<'_, str>) -> String {
    format!("{} {text}", if matches!(text, Cow::Borrowed(_)) { "borrowed" } else { "owned" })
}

#[route(GET, "/hosts/[address]/ports/[port]")]
fn host(port: u16, address: IpAddr) -> String {
    format!("{address} {port}")
}

struct Slug(String);

impl FromSegment<'_> for Slug {
    fn from_segment(text: &str) -> Result<Self, SegmentError> {
        let fits = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        fits.then(|| Slug(text.to_owned())).ok_or_else(|| SegmentError::new("expected lower-case letters and dashes"))
    }
}

#[route(GET, "/articles/[slug]")]
fn article(slug: Slug) -> String {
    slug.0
}

#[route(GET, "/files/[...path]")]
fn files(path: Vec<String>) -> String {
    path.join(" | ")
}

#[route(GET, "/sums/[...numbers]")]
fn sum(numbers: Vec<i64>) -> String {
    numbers.iter().sum::<i64>().to_string()
}

#[route(GET, "/raw/[...path]")]
fn raw(path: Segments<'_>) -> String {
    format!("{} {:?}", path.as_raw(), path.collect::<Vec<_>>())
}

#[route(GET, "/docs/[[...page]]")]
fn docs(page: Option<Vec<Cow<'_, str>>>) -> String {
    page.map_or_else(|| "contents".to_owned(), |page| page.join("/"))
}

fn client() -> Client {
    let app = rutter::routes![product, tag, copied, host, article, files, sum, raw, docs].build();
    Client::new(app.unwrap_or_else(|error| panic!("{error}")))
}

#[tokio::test]
async fn a_segment_is_read_as_the_type_of_its_argument() {
    for (path, expected) in [
        ("/products/7", "product 7"),
        ("/tags/a%20b%2Fc", "tag a b/c"),
        ("/tags/caf%C3%A9", "tag café"),
        ("/tags/a+b", "tag a+b"),
        ("/copies/plain", "borrowed plain"),
        ("/hosts/192.0.2.1/ports/80", "192.0.2.1 80"),
        ("/hosts/%3A%3A1/ports/80", "::1 80"),
        ("/articles/hello-world", "hello-world"),
    ] {
        let answer = client().get(path).send().await;
        assert_eq!((answer.status().as_u16(), answer.text()), (200, expected), "{path}");
    }
}

#[tokio::test]
async fn a_segment_that_does_not_fit_is_a_404_that_names_it() {
    let answer = client().get("/products/0").send().await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(
        answer.text(),
        concat!(
            r#"{"title":"Not Found","status":404,"detail":"the path's segment `id` does not fit","#,
            r#""errors":[{"in":"path","name":"id","detail":"expected a whole number from 1 to 4294967295"}]}"#,
        ),
    );
    for path in
        ["/products/+7", "/products/4294967296", "/products/7.0", "/hosts/x/ports/80", "/articles/Hello", "/sums/1/x"]
    {
        assert_eq!(client().get(path).send().await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_catch_all_is_split_before_its_escapes_are_resolved() {
    for (path, expected) in [
        ("/files/a/b%2Fc/d%20e", "a | b/c | d e"),
        ("/sums/1/2/-3", "0"),
        ("/raw/a/b%20c", r#"a/b%20c ["a", "b c"]"#),
        ("/docs", "contents"),
        ("/docs/guide/start", "guide/start"),
    ] {
        let answer = client().get(path).send().await;
        assert_eq!((answer.status().as_u16(), answer.text()), (200, expected), "{path}");
    }
    assert_eq!(client().get("/files").send().await.status(), 404);
}
