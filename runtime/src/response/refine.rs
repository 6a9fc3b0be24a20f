//! `Json(x).status(201).header("x-y", "z")`: any value with another status and more headers.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::{
    body::Body,
    response::{Attachment, Created, Html, IntoResponse, IntoStatus, NoContent, Redirect, Reply},
};

/// Refines the answer that a value makes: `Json(x).status(201).header("x-y", "z")`.
///
/// Every value that a handler answers with has it: data, text, statuses, tuples. A [`Reply`] and a
/// [`Problem`](crate::Problem) have methods of these names without it; an `http::Response` and a
/// rejection are refined through [`Reply::new`]. Give it to a type of your own with an empty
/// `impl`.
///
/// ```
/// use rutter::{IntoResponse, Json, Refine, Response};
///
/// let answer = Json([1]).status(203).header("x-served-by", "rutter").into_response();
/// assert_eq!(answer.status(), 203);
///
/// struct Teapot;
/// impl IntoResponse for Teapot {
///     fn into_response(self) -> Response {
///         "short and stout".status(418).into_response()
///     }
/// }
/// impl Refine for Teapot {}
/// let answer = Teapot.header("x-handle", "1").into_response();
/// assert_eq!(answer.headers()["x-handle"], "1");
/// ```
// Not a part of `IntoResponse`, which `http::Response` implements: there a `status(self, …)` would
// hide `http::Response::status(&self)` wherever the trait is imported.
pub trait Refine: IntoResponse + Sized {
    /// The same answer with another status: `Json(x).status(201)`.
    ///
    /// ```
    /// use rutter::{IntoResponse, Refine};
    ///
    /// assert_eq!("made".status(201).into_response().status(), 201);
    /// ```
    fn status(self, status: impl IntoStatus) -> Reply {
        Reply::new(self).status(status)
    }

    /// The same answer with a header, which replaces one of the same name.
    ///
    /// A name or value that HTTP does not allow makes the answer a 500: it is never sent.
    ///
    /// ```
    /// use rutter::{IntoResponse, Refine};
    ///
    /// let answer = "a,b".header("content-type", "text/csv").into_response();
    /// assert_eq!(answer.headers()["content-type"], "text/csv");
    /// ```
    fn header<N, V>(self, name: N, value: V) -> Reply
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        Reply::new(self).header(name, value)
    }
}

macro_rules! refined {
    ($($value:ty),* $(,)?) => { $(impl Refine for $value {})* };
}

refined!(
    (),
    &'static str,
    String,
    Box<str>,
    Cow<'static, str>,
    &'static [u8],
    Vec<u8>,
    Bytes,
    Body,
    StatusCode,
    NoContent,
    Redirect,
    Attachment,
);

impl<const N: usize> Refine for &'static [u8; N] {}
impl<T: Into<Body>> Refine for Html<T> {}
impl<T: IntoResponse> Refine for Created<T> {}
impl<T: IntoResponse> Refine for Option<T> {}
impl<T: IntoResponse, E: IntoResponse> Refine for Result<T, E> {}
impl<T: IntoResponse> Refine for (StatusCode, T) {}
impl<T: IntoResponse> Refine for (HeaderMap, T) {}
impl<T: IntoResponse> Refine for (StatusCode, HeaderMap, T) {}

impl<N, V, const K: usize, T> Refine for ([(N, V); K], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
}

impl<N, V, const K: usize, T> Refine for (StatusCode, [(N, V); K], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_tuples_are_refined_like_every_value() {
        let accepted = StatusCode::ACCEPTED;
        for reply in [
            accepted.header("x-a", "b"),
            (accepted, "later").header("x-a", "b"),
            (HeaderMap::new(), "later").header("x-a", "b").status(202),
            (accepted, HeaderMap::new(), "later").header("x-a", "b"),
            ([("x-a", "a")], "later").header("x-a", "b").status(202),
            (accepted, [("x-a", "a")], "later").header("x-a", "b"),
        ] {
            let answer = reply.into_response();
            assert_eq!((answer.status(), &answer.headers()["x-a"]), (accepted, &HeaderValue::from_static("b")));
        }
    }
}
