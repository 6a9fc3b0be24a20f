//! What each extractor makes of a request, and what it refuses.

use core::convert::Infallible;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri, Version, request};
use serde::Deserialize;

use super::{
    fixture::{extract, head, told},
    *,
};
use crate::{body::Body, response::Problem};

#[derive(Debug, PartialEq, Deserialize)]
struct Point {
    x: u8,
}

fn json() -> request::Builder {
    Request::post("/").header("content-type", "application/json")
}

fn form() -> request::Builder {
    Request::post("/").header("content-type", "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn json_is_read() {
    assert_eq!(extract::<Json<Point>>(json(), r#"{"x":1}"#).await.expect("fits"), Json(Point { x: 1 }));
}

#[tokio::test]
async fn json_that_is_refused_says_why() {
    let of = |request, body: &'static str| told::<Json<Point>>(request, body);
    assert_eq!(of(json(), r#"{"x":-1}"#).await, (422, concat!(
        r#"{"title":"Unprocessable Entity","status":422,"detail":"the JSON does not have the shape that is expected","#,
        r#""errors":[{"in":"body","name":"x","detail":"expected a whole number from 0 to 255, found -1"}]}"#,
    ).to_owned()));
    assert_eq!(
        of(json(), r#"{"x":"#).await,
        (
            400,
            concat!(
                r#"{"title":"Bad Request","status":400,"#,
                r#""detail":"the JSON is malformed at line 1, column 5: EOF while parsing a value"}"#,
            )
            .to_owned()
        )
    );
    assert_eq!(of(json(), "").await.0, 400);
    assert_eq!(
        of(Request::post("/"), r#"{"x":1}"#).await,
        (
            415,
            concat!(
                r#"{"title":"Unsupported Media Type","status":415,"#,
                r#""detail":"send JSON, with `content-type: application/json` or a type that ends in `+json`"}"#,
            )
            .to_owned()
        )
    );
    assert_eq!(of(form(), r#"{"x":1}"#).await.0, 415);
    assert_eq!(told::<Json<String>>(json(), format!("{:?}", "a".repeat(200))).await.0, 413);
}

#[tokio::test]
async fn an_optional_json_is_none_only_where_there_is_none() {
    let of = |request, body: &'static str| extract::<Option<Json<Point>>>(request, body);
    assert_eq!(of(Request::post("/"), "").await.expect("absent"), None);
    assert!(of(json(), r#"{"x":1}"#).await.expect("fits").is_some());
    assert_eq!(of(json(), "").await.expect_err("empty").status(), 400);
    assert_eq!(of(json(), "{}").await.expect_err("does not fit").status(), 422);
    assert_eq!(of(Request::post("/"), "{}").await.expect_err("untyped").status(), 415);
}

#[tokio::test]
async fn a_result_hands_the_refusal_to_the_handler() {
    let result = extract::<Result<Json<Point>, JsonRejection>>(json(), "{}").await.expect("never refused");
    assert_eq!(Problem::from(result.expect_err("does not fit")).status_code(), 422);
}

#[cfg(feature = "form")]
#[tokio::test]
async fn a_query_is_read_and_its_wrong_field_named() {
    assert_eq!(extract::<Query<Point>>(Request::get("/?x=7"), "").await.expect("fits").x, 7);
    assert_eq!(
        told::<Query<Point>>(Request::get("/?x=a"), "").await,
        (
            400,
            concat!(
                r#"{"title":"Bad Request","status":400,"detail":"the query string does not fit","#,
                r#""errors":[{"in":"query","name":"x","detail":"expected a whole number"}]}"#,
            )
            .to_owned()
        )
    );
    assert_eq!(told::<Query<Point>>(Request::get("/?x=%F"), "").await.0, 400);
    assert_eq!(told::<Query<Point>>(Request::get("/"), "").await.0, 400);
    let of = |uri| extract::<Option<Query<Point>>>(Request::get(uri), "");
    assert_eq!(of("/").await.expect("absent"), None);
    assert_eq!(of("/?").await.expect_err("does not fit").status(), 400);
}

#[cfg(feature = "form")]
#[tokio::test]
async fn a_name_of_a_query_that_stands_twice_is_named() {
    let twice = told::<Query<Point>>(Request::get("/search?x=4&x=5"), "").await.1;
    assert!(twice.contains(r#""errors":[{"in":"query","name":"x","detail":"stands there twice"}]"#), "{twice}");
}

#[cfg(feature = "form")]
#[test]
fn a_query_may_borrow() {
    #[derive(Deserialize)]
    struct Search<'r> {
        #[serde(borrow)]
        q: std::borrow::Cow<'r, str>,
    }
    let head = head(Request::get("/?q=chair"));
    let search = <Query<Search<'_>> as FromHead<'_>>::from_head(&head).expect("fits");
    assert!(matches!(search.q, std::borrow::Cow::Borrowed("chair")));
}

#[cfg(feature = "form")]
#[tokio::test]
async fn a_form_is_read_and_its_wrong_field_named() {
    assert_eq!(extract::<Form<Point>>(form(), "x=7").await.expect("fits").x, 7);
    assert_eq!(
        told::<Form<Point>>(form(), "x=a").await,
        (
            422,
            concat!(
                r#"{"title":"Unprocessable Entity","status":422,"detail":"the form does not fit","#,
                r#""errors":[{"in":"body","name":"x","detail":"expected a whole number"}]}"#,
            )
            .to_owned()
        )
    );
    assert_eq!(told::<Form<Point>>(form(), "x=%").await.0, 400);
    assert_eq!(told::<Form<Point>>(json(), "x=7").await.0, 415);
    assert_eq!(extract::<Option<Form<Point>>>(Request::post("/"), "").await.expect("absent"), None);
}

#[tokio::test]
async fn a_body_is_taken_as_bytes_text_or_stream() {
    assert_eq!(extract::<Bytes>(Request::post("/"), "abc").await.expect("bytes"), "abc");
    assert_eq!(extract::<String>(Request::post("/"), "abc").await.expect("text"), "abc");
    assert_eq!(extract::<Body>(Request::post("/"), "abc").await.expect("a stream").len(), Some(3));
    assert_eq!(
        told::<String>(Request::post("/"), vec![0xff]).await,
        (
            400,
            concat!(
                r#"{"title":"Bad Request","status":400,"detail":"the body is not UTF-8 text","#,
                r#""errors":[{"in":"body","name":"","detail":"expected UTF-8 text"}]}"#,
            )
            .to_owned()
        )
    );
    assert_eq!(told::<Bytes>(Request::post("/"), vec![0; 101]).await.0, 413);
    assert_eq!(told::<Body>(Request::post("/"), vec![0; 101]).await.0, 413);
}

#[tokio::test]
async fn a_body_is_always_there_so_that_what_cannot_be_read_is_refused() {
    let post = || Request::post("/");
    assert_eq!(told::<Option<Bytes>>(post(), vec![0; 101]).await.0, 413);
    assert_eq!(told::<Option<String>>(post(), vec![0; 101]).await.0, 413);
    assert_eq!(told::<Option<String>>(post(), vec![0xff]).await.0, 400);
    assert_eq!(told::<Option<Body>>(post(), vec![0; 101]).await.0, 413);
    assert_eq!(told::<Option<super::Request>>(post(), vec![0; 101]).await.0, 413);
    assert_eq!(extract::<Option<Bytes>>(post(), "").await.expect("empty"), Some(Bytes::new()));
}

#[tokio::test]
async fn the_parts_of_the_head_are_taken_or_borrowed() {
    let request = || Request::put("/a?b=c").header("x-d", "e").version(Version::HTTP_2);
    assert_eq!(extract::<Method>(request(), "").await.expect("always"), Method::PUT);
    assert_eq!(extract::<Uri>(request(), "").await.expect("always"), "/a?b=c");
    assert_eq!(extract::<HeaderMap>(request(), "").await.expect("always")["x-d"], "e");
    assert_eq!(extract::<Version>(request(), "").await.expect("always"), Version::HTTP_2);
    let whole = extract::<super::Request>(request(), "abc").await.expect("whole");
    assert_eq!((whole.uri().path(), whole.body().len()), ("/a", Some(3)));

    let head = head(request());
    let Ok::<&HeaderMap, Infallible>(headers) = FromHead::from_head(&head);
    let Ok::<&RequestHead, Infallible>(whole) = FromHead::from_head(&head);
    assert_eq!((&headers["x-d"], whole.method()), (&http::HeaderValue::from_static("e"), &Method::PUT));
}

#[tokio::test]
async fn what_the_server_has_not_given_is_a_500() {
    let internal = (500, r#"{"title":"Internal Server Error","status":500}"#.to_owned());
    assert_eq!(told::<State<u8>>(Request::get("/"), "").await, internal);
    assert_eq!(told::<Extension<u8>>(Request::get("/"), "").await, internal);
    assert_eq!(told::<ClientAddr>(Request::get("/"), "").await, internal);
    assert_eq!(extract::<Extension<u8>>(Request::get("/").extension(7_u8), "").await.expect("given").0, 7);
    assert_eq!(told::<Option<State<u8>>>(Request::get("/"), "").await, internal);
    assert_eq!(extract::<Option<Extension<u8>>>(Request::get("/"), "").await.expect("absent"), None);
    assert_eq!(extract::<Option<ClientAddr>>(Request::get("/"), "").await.expect("absent"), None);
    let client = ClientAddr(([192, 0, 2, 1], 80).into());
    assert_eq!(extract::<ClientAddr>(Request::get("/").extension(client), "").await.expect("given"), client);
}

#[cfg(feature = "typed-headers")]
#[tokio::test]
async fn a_header_is_a_type() {
    use headers::ContentLength;

    let of =
        |value| extract::<Option<TypedHeader<ContentLength>>>(Request::get("/").header("content-length", value), "");
    assert_eq!(of("7").await.expect("fits"), Some(TypedHeader(ContentLength(7))));
    assert_eq!(of("x").await.expect_err("malformed").status(), 400);
    assert_eq!(extract::<Option<TypedHeader<ContentLength>>>(Request::get("/"), "").await.expect("absent"), None);
    assert_eq!(
        told::<TypedHeader<ContentLength>>(Request::get("/"), "").await,
        (
            400,
            concat!(
                r#"{"title":"Bad Request","status":400,"detail":"the header `content-length` is required","#,
                r#""errors":[{"in":"header","name":"content-length","detail":"is required"}]}"#,
            )
            .to_owned()
        )
    );
}

#[test]
fn what_reads_the_request_says_so() {
    let whole = Reads::PARAMS.and(Reads::QUERY).and(Reads::HEAD).and(Reads::CREDENTIALS).and(Reads::CLIENT);
    assert_eq!(<State<u8> as FromRequest>::READS, Reads::NOTHING);
    assert_eq!(<Option<Json<u8>> as FromRequest>::READS, Reads::BODY);
    assert_eq!(<Result<Bytes, BodyRejection> as FromRequest>::READS, Reads::BODY);
    assert_eq!(<super::Request as FromRequest>::READS, whole.and(Reads::BODY));
    let asking = Reads::HEAD.and(Reads::CLIENT);
    assert_eq!(<ClientIp as FromRequest>::READS, asking);
    assert_eq!([<Host as FromRequest>::READS, <Scheme as FromRequest>::READS], [asking; 2]);
    assert_eq!(<&RequestHead as FromHead<'_>>::READS, whole);
    const { assert!(<Option<State<u8>> as FromRequest>::READY) };
    const { assert!(!<Option<Json<u8>> as FromRequest>::READY) };
}
