//! Markup as an answer.

use crate::{
    body::Body,
    response::{IntoResponse, Response, with_type},
};

/// Markup: a 200 of the type `text/html; charset=utf-8`.
///
/// The text is sent as it is. Escape what comes from outside before it goes in.
///
/// ```
/// use rutter::{Html, IntoResponse};
///
/// let answer = Html("<h1>hello</h1>").into_response();
/// assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Html<T>(pub T);

impl<T: Into<Body>> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        with_type(&HTML, self.0.into())
    }
}

static HTML: http::HeaderValue = http::HeaderValue::from_static("text/html; charset=utf-8");
