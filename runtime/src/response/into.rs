//! Answers made of the types that everyone knows: text, bytes, statuses, results.

use core::convert::Infallible;
use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use crate::{
    body::Body,
    error::BoxError,
    response::{IntoResponse, Problem, Response, with_type},
};

impl IntoResponse for () {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl IntoResponse for StatusCode {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self;
        response
    }
}

impl IntoResponse for &'static str {
    fn into_response(self) -> Response {
        with_type(&TEXT, self.into())
    }
}

impl IntoResponse for String {
    fn into_response(self) -> Response {
        with_type(&TEXT, self.into())
    }
}

impl IntoResponse for Box<str> {
    fn into_response(self) -> Response {
        String::from(self).into_response()
    }
}

impl IntoResponse for Cow<'static, str> {
    fn into_response(self) -> Response {
        match self {
            Cow::Borrowed(text) => text.into_response(),
            Cow::Owned(text) => text.into_response(),
        }
    }
}

impl IntoResponse for &'static [u8] {
    fn into_response(self) -> Response {
        with_type(&BYTES, self.into())
    }
}

impl<const N: usize> IntoResponse for &'static [u8; N] {
    fn into_response(self) -> Response {
        self.as_slice().into_response()
    }
}

impl IntoResponse for Vec<u8> {
    fn into_response(self) -> Response {
        with_type(&BYTES, self.into())
    }
}

impl IntoResponse for Bytes {
    fn into_response(self) -> Response {
        with_type(&BYTES, self.into())
    }
}

impl IntoResponse for Body {
    const STREAMS: bool = true;

    fn into_response(self) -> Response {
        Response::new(self)
    }
}

/// An answer of any body: what another service or a client gave back. Ours is passed on as it is.
impl<B> IntoResponse for http::Response<B>
where
    B: http_body::Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn into_response(self) -> Response {
        self.map(Body::new)
    }
}

/// The value, or a 404.
impl<T: IntoResponse> IntoResponse for Option<T> {
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        self.map_or_else(|| Problem::new(StatusCode::NOT_FOUND).into_response(), T::into_response)
    }
}

/// Either.
impl<T: IntoResponse, E: IntoResponse> IntoResponse for Result<T, E> {
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        match self {
            Ok(value) => value.into_response(),
            Err(error) => error.into_response(),
        }
    }
}

impl IntoResponse for Infallible {
    fn into_response(self) -> Response {
        match self {}
    }
}

static TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
static BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;

    use super::*;

    fn told(value: impl IntoResponse) -> (u16, Option<String>, Option<u64>) {
        let response = value.into_response();
        let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().expect("ASCII").to_owned());
        (response.status().as_u16(), kind, response.body().len())
    }

    #[test]
    fn text_is_text_and_bytes_are_bytes() {
        let text = (200, Some("text/plain; charset=utf-8".to_owned()), Some(2));
        assert_eq!(told("hi"), text);
        assert_eq!(told(String::from("hi")), text);
        assert_eq!(told(Box::<str>::from("hi")), text);
        assert_eq!(told(Cow::Borrowed("hi")), text);
        let bytes = (200, Some("application/octet-stream".to_owned()), Some(2));
        assert_eq!(told(b"hi"), bytes);
        assert_eq!(told(vec![1_u8, 2]), bytes);
        assert_eq!(told(Bytes::from_static(b"hi")), bytes);
        assert_eq!(told(Body::from("hi")), (200, None, Some(2)));
    }

    #[test]
    fn nothing_is_a_204_and_none_a_404() {
        assert_eq!(told(()), (204, None, Some(0)));
        assert_eq!(told(None::<&str>).0, 404);
        assert_eq!(told(Some("hi")).0, 200);
        assert_eq!(told(Err::<(), _>(StatusCode::IM_A_TEAPOT)), (418, None, Some(0)));
    }

    #[test]
    fn an_answer_of_another_body_is_passed_on() {
        let answer = http::Response::builder().status(203).body(http_body_util::Full::new(Bytes::from_static(b"hi")));
        assert_eq!(told(answer.expect("a status that exists")), (203, None, Some(2)));
    }
}
