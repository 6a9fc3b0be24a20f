//! What is read of which form, and what is refused.

use bytes::Bytes;
use http::{Request, request};

use super::*;
use crate::{
    body::Body,
    extract::fixture::{extract, told},
    response::Problem,
};

const FORM: &str = "--x\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nsunset\r\n\
                    --x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a;b.png\"\r\n\
                    content-type: image/png\r\n\r\n\x01\x02\x03\r\n--x--\r\n";

fn post() -> request::Builder {
    Request::post("/").header("content-type", "multipart/form-data; boundary=x")
}

async fn form(body: impl Into<Body>) -> Multipart {
    let mut slot = BodySlot::new(body.into(), 2_000, core::time::Duration::from_secs(1));
    let head = crate::extract::fixture::head(post());
    Multipart::from_request(&head, &mut slot).await.expect("a form")
}

async fn failure(body: impl Into<Body>) -> String {
    let mut form = form(body).await;
    let read = async {
        while let Some(part) = form.next_part().await? {
            part.text().await?;
        }
        Ok::<_, MultipartError>(())
    };
    Problem::from(read.await.expect_err("refused")).to_string()
}

#[tokio::test]
async fn parts_are_read_one_after_the_other() {
    let mut form = form(FORM).await;
    let title = form.next_part().await.expect("a part").expect("the first part");
    assert_eq!((title.name(), title.file_name(), title.content_type()), (Some("title"), None, None));
    assert_eq!(title.text().await.expect("text"), "sunset");
    let photo = form.next_part().await.expect("a part").expect("the second part");
    assert_eq!((photo.name(), photo.file_name()), (Some("photo"), Some("a;b.png")));
    assert_eq!((photo.content_type(), photo.headers().len()), (Some("image/png"), 2));
    assert_eq!(photo.bytes().await.expect("bytes"), Bytes::from_static(&[1, 2, 3]));
    assert!(form.next_part().await.expect("the end").is_none());
    assert!(form.next_part().await.expect("still the end").is_none());
}

#[tokio::test]
async fn a_part_that_is_not_read_is_skipped() {
    let mut form = form(FORM).await;
    form.next_part().await.expect("a part").expect("the first part");
    let photo = form.next_part().await.expect("a part").expect("the second part");
    assert_eq!(photo.name(), Some("photo"));
}

#[tokio::test]
async fn a_form_that_breaks_off_is_a_400() {
    let cut = &FORM[..FORM.len() - 12];
    assert_eq!(failure(cut).await, "400 Bad Request: the form ends before its last boundary");
    assert_eq!(failure("").await, "400 Bad Request: the form ends before its last boundary");
    assert_eq!(
        failure("--x\r\nno header\r\n\r\n\r\n--x--").await,
        "400 Bad Request: the headers of a part are malformed or too long"
    );
}

#[tokio::test]
async fn too_much_is_a_413() {
    let long = format!("--x\r\n\r\n{}\r\n--x--", "a".repeat(3_000));
    let mut slot = BodySlot::new(Body::stream(Once(Some(long))), 2_000, core::time::Duration::from_secs(1));
    let head = crate::extract::fixture::head(post());
    let mut form = Multipart::from_request(&head, &mut slot).await.expect("a form of unknown length");
    let error = form.next_part().await.expect_err("too large");
    assert_eq!(Problem::from(error).to_string(), "413 Payload Too Large: the body is larger than 2000 bytes");
}

#[tokio::test]
async fn too_many_parts_are_a_413() {
    let mut form = form(FORM).await;
    (form.left, form.limit) = (1, 1);
    assert!(form.next_part().await.expect("a part").is_some());
    let error = form.next_part().await.expect_err("too many");
    assert_eq!(error.to_string(), "the form has more than 1 parts");
}

#[tokio::test]
async fn text_that_is_no_utf_8_is_a_400() {
    let form = b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\n\xff\r\n--x--\r\n";
    assert_eq!(failure(form.as_slice()).await, "400 Bad Request: a part of the form is not UTF-8 text");
}

#[tokio::test]
async fn another_type_of_body_is_a_415() {
    let json = Request::post("/").header("content-type", "application/json");
    assert_eq!(told::<Multipart>(json, "{}").await.0, 415);
    assert_eq!(told::<Multipart>(Request::post("/"), "x").await.0, 415);
    let bare = Request::post("/").header("content-type", "multipart/form-data");
    assert_eq!(told::<Multipart>(bare, "x").await.0, 400);
    let empty = Request::post("/").header("content-type", "multipart/form-data; boundary=\"\"");
    assert_eq!(told::<Multipart>(empty, "x").await.0, 400);
    assert_eq!(told::<Multipart>(Request::post("/"), "").await.0, 400);
    assert!(extract::<Option<Multipart>>(Request::post("/"), "").await.expect("absent").is_none());
}

/// A stream of one chunk, whose length nobody knows before.
struct Once(Option<String>);

impl futures_core::Stream for Once {
    type Item = Result<String, crate::BoxError>;

    fn poll_next(
        mut self: core::pin::Pin<&mut Self>,
        _: &mut core::task::Context<'_>,
    ) -> core::task::Poll<Option<Self::Item>> {
        core::task::Poll::Ready(self.0.take().map(Ok))
    }
}
