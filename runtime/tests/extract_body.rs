//! From a body to a value, whichever way it is sent.

// A handler takes its arguments by value, and may be `async` without waiting.
#![allow(clippy::needless_pass_by_value, clippy::unused_async, clippy::unnecessary_wraps)]

use rutter::{
    Bytes, Extension, JsonRejection, Multipart, Request,
    http::{HeaderMap, header},
    prelude::*,
    testing::{Client, TestRequest},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    name: String,
    price: f64,
}

#[route(POST, "/items")]
async fn create(items: Json<Vec<Item>>) -> Created<Json<usize>> {
    Created::at("/items", Json(items.len()))
}

#[route(POST, "/maybe")]
async fn maybe(item: Option<Json<Item>>) -> String {
    item.map_or_else(|| "nothing".to_owned(), |item| item.into_inner().name)
}

#[route(POST, "/either")]
async fn either(item: Result<Json<Item>, JsonRejection>) -> Result<String, Problem> {
    Ok(item.map_err(|rejection| Problem::from(rejection).kind("https://example.com/item"))?.into_inner().name)
}

#[route(POST, "/login")]
async fn login(form: Form<Login>) -> Redirect {
    Redirect::local(&form.next, "/")
}

#[derive(Deserialize)]
struct Login {
    next: String,
}

#[route(POST, "/photos")]
async fn photos(mut form: Multipart) -> Result<String, Problem> {
    let mut told = Vec::new();
    while let Some(part) = form.next_part().await? {
        let name = part.file_name().or(part.name()).unwrap_or_default().to_owned();
        told.push(format!("{name}: {}", part.bytes().await?.len()));
    }
    Ok(told.join(", "))
}

#[route(POST, "/bytes")]
async fn bytes(body: Bytes, headers: &HeaderMap) -> String {
    format!("{} bytes, {}", body.len(), headers.len())
}

#[route(POST, "/stream")]
async fn stream(mut body: Body) -> Result<String, Problem> {
    let mut size = 0;
    while let Some(chunk) = body.chunk().await {
        size += chunk?.len();
    }
    Ok(size.to_string())
}

#[route(POST, "/whole/[...rest]")]
async fn whole(request: Request, rest: Vec<String>, tenant: Extension<u8>) -> String {
    format!("{} {} {} {}", request.method(), request.uri(), rest.len(), tenant.0)
}

#[derive(FromRequest)]
struct Note {
    text: String,
}

#[route(POST, "/note")]
async fn note(note: Option<Note>) -> String {
    note.map_or_else(|| "nothing".to_owned(), |note| note.text)
}

fn client() -> Client {
    let app = rutter::routes![create, maybe, either, login, photos, bytes, stream, whole, note].build();
    Client::new(app.unwrap_or_else(|error| panic!("{error}")))
}

fn post(path: &str, kind: &str, body: impl Into<Body>) -> TestRequest {
    client().post(path).header(header::CONTENT_TYPE.as_str(), kind).body(body)
}

#[tokio::test]
async fn json_is_read_and_answered() {
    let items = [Item { name: "apple".to_owned(), price: 0.5 }];
    let answer = client().post("/items").json(&items).send().await;
    assert_eq!((answer.status().as_u16(), answer.text(), answer.header("location")), (201, "1", Some("/items")));
}

#[tokio::test]
async fn every_wrong_field_of_a_json_body_is_named() {
    let answer = post("/items", "application/json", r#"[{"name":7,"price":"free"},{"name":"b"}]"#).send().await;
    assert_eq!(answer.status(), 422);
    assert_eq!(
        answer.text(),
        concat!(
            r#"{"title":"Unprocessable Entity","status":422,"#,
            r#""detail":"the JSON does not have the shape that is expected","errors":["#,
            r#"{"in":"body","name":"[0].name","detail":"expected a string, found 7"},"#,
            r#"{"in":"body","name":"[0].price","detail":"expected a number, found a string"},"#,
            r#"{"in":"body","name":"[1].price","detail":"is required"}]}"#,
        ),
    );
}

#[tokio::test]
async fn another_type_is_a_415_that_says_what_to_send() {
    let answer = post("/items", "text/plain", "[]").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("accept")), (415, Some("application/json")));
    assert_eq!(post("/items", "application/vnd.shop+json", "[]").send().await.status(), 201);
}

#[tokio::test]
async fn an_optional_body_may_be_left_out_but_not_be_wrong() {
    assert_eq!(client().post("/maybe").send().await.text(), "nothing");
    assert_eq!(post("/maybe", "application/json", "{}").send().await.status(), 422);
    assert_eq!(post("/maybe", "application/json", "{").send().await.status(), 400);
}

#[tokio::test]
async fn a_handler_may_answer_a_refusal_itself() {
    let answer = post("/either", "application/json", "{").send().await;
    assert_eq!(answer.status(), 400);
    assert!(answer.text().starts_with(r#"{"type":"https://example.com/item","title":"Bad Request""#));
}

#[tokio::test]
async fn a_form_is_read() {
    let kind = "application/x-www-form-urlencoded";
    let answer = post("/login", kind, "next=%2Fcart%3Fstep%3D2").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some("/cart?step=2")));
    let answer = post("/login", kind, "next=%2F%2Fevil.example").send().await;
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some("/")));
    assert_eq!(post("/login", kind, "name=ada").send().await.status(), 422);
    assert_eq!(post("/login", kind, "next=%zz").send().await.status(), 400);
}

#[tokio::test]
async fn a_form_with_files_is_read_part_by_part() {
    let form = "--x\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nsunset\r\n\
                --x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n123\r\n--x--\r\n";
    let kind = "multipart/form-data; boundary=x";
    assert_eq!(post("/photos", kind, form).send().await.text(), "title: 6, a.png: 3");
    assert_eq!(post("/photos", kind, &form[..form.len() - 10]).send().await.status(), 400);
    assert_eq!(post("/photos", kind, vec![b'a'; 3_000_000]).send().await.status(), 413);
    assert_eq!(post("/photos", "application/json", "{}").send().await.status(), 415);
}

#[tokio::test]
async fn a_body_is_read_raw_beside_what_borrows_from_the_head() {
    assert_eq!(client().post("/bytes").body("abc").send().await.text(), "3 bytes, 1");
    assert_eq!(client().post("/stream").body("abc").send().await.text(), "3");
    let answer = client().post("/whole/a/b?c=d").extension(7_u8).send().await;
    assert_eq!(answer.text(), "POST /whole/a/b?c=d 2 7");
}

#[tokio::test]
async fn too_much_is_a_413_however_it_is_read() {
    for path in ["/bytes", "/stream", "/whole/a"] {
        let answer = client().post(path).extension(7_u8).body(vec![0; 3_000_000]).send().await;
        assert_eq!(answer.status(), 413, "{path}");
        assert_eq!(
            answer.text(),
            r#"{"title":"Payload Too Large","status":413,"detail":"the body is larger than 2097152 bytes"}"#,
            "{path}",
        );
    }
}

#[tokio::test]
async fn what_a_derived_extractor_refuses_is_no_absence() {
    let sent = |body: &'static [u8]| client().post("/note").body(body).send();
    assert_eq!(sent(b"tack").await.text(), "tack");
    assert_eq!(sent(b"\xff").await.status(), 400);
}
