//! The parts of a request as they are: the body, the headers, the target, everything.

use core::fmt;

use bytes::Bytes;
use http::{Extensions, HeaderMap, Method, Uri, Version};

use crate::{
    body::{Body, BodyError, BodySlot},
    extract::{FromHead, FromRequest, RequestHead},
    reads::Reads,
    response::{IntoResponse, Place, Problem, Response},
};

/// A whole request: the `http` crate's own type, with Rutter's body.
///
/// ```
/// use rutter::{Body, Request};
///
/// let request = Request::new(Body::from("hello"));
/// assert_eq!(request.method(), "GET");
/// ```
pub type Request = http::Request<Body>;

const ALL_OF_THE_HEAD: Reads =
    Reads::PARAMS.and(Reads::QUERY).and(Reads::HEAD).and(Reads::CREDENTIALS).and(Reads::CLIENT);

/// The body as it is. It is always there, if only with no bytes: an `Option<Bytes>` is never
/// `None`, and what cannot be read is refused. So it is with text, streams and whole requests.
impl FromRequest for Bytes {
    const READS: Reads = Reads::BODY;
    type Rejection = BodyRejection;

    async fn from_request(_: &RequestHead, body: &mut BodySlot) -> Result<Self, BodyRejection> {
        Ok(body.bytes().await?)
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

/// The body as text, which must be UTF-8, whatever charset the client names.
impl FromRequest for String {
    const READS: Reads = Reads::BODY;
    type Rejection = BodyRejection;

    async fn from_request(_: &RequestHead, body: &mut BodySlot) -> Result<Self, BodyRejection> {
        let bytes = body.bytes().await?;
        String::from_utf8(bytes.into()).map_err(|_| BodyRejection::NotText)
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

/// The body as a stream, which ends with an error at the route's limits.
impl FromRequest for Body {
    const READS: Reads = Reads::BODY;
    const READY: bool = true;
    type Rejection = BodyRejection;

    async fn from_request(_: &RequestHead, body: &mut BodySlot) -> Result<Self, BodyRejection> {
        Ok(body.take()?)
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

impl FromRequest for Request {
    const READS: Reads = ALL_OF_THE_HEAD.and(Reads::BODY);
    const READY: bool = true;
    type Rejection = BodyRejection;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, BodyRejection> {
        Ok(Request::from_parts(head.clone_parts(), body.take()?))
    }

    fn is_absent(_: &BodyRejection) -> bool {
        false
    }
}

macro_rules! parts {
    ($($part:ty, $reads:expr, $get:ident;)*) => {$(
        impl FromRequest for $part {
            const READS: Reads = $reads;
            const READY: bool = true;
            type Rejection = core::convert::Infallible;

            async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Self::Rejection> {
                Ok(head.$get().clone())
            }
        }

        impl<'r> FromHead<'r> for &'r $part {
            const READS: Reads = $reads;
            type Rejection = core::convert::Infallible;

            fn from_head(head: &'r RequestHead) -> Result<Self, Self::Rejection> {
                Ok(head.$get())
            }
        }
    )*};
}

parts! {
    // Where answers are kept the map holds what the route's `vary` names and nothing else, so it
    // counts as headers only; everywhere else every kind of header makes a route dynamic.
    HeaderMap, Reads::HEAD, headers;
    Uri, Reads::PARAMS.and(Reads::QUERY), uri;
    Method, Reads::HEAD, method;
    // What layers attach may depend on anything of the head.
    Extensions, Reads::HEAD.and(Reads::CREDENTIALS).and(Reads::CLIENT), extensions;
}

impl FromRequest for Version {
    const READS: Reads = Reads::HEAD;
    const READY: bool = true;
    type Rejection = core::convert::Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Self::Rejection> {
        Ok(head.version())
    }
}

impl<'r> FromHead<'r> for &'r RequestHead {
    const READS: Reads = ALL_OF_THE_HEAD;
    type Rejection = core::convert::Infallible;

    fn from_head(head: &'r RequestHead) -> Result<Self, Self::Rejection> {
        Ok(head)
    }
}

/// Why a body cannot be read: too large a 413, too slow a 408, broken or not text a 400.
///
/// ```
/// use rutter::{BodyRejection, Problem};
///
/// let problem = Problem::from(BodyRejection::NotText);
/// assert_eq!(problem.to_string(), "400 Bad Request: the body is not UTF-8 text");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum BodyRejection {
    /// The body could not be read to its end.
    Body(BodyError),
    /// The body is to be text, and is not UTF-8.
    NotText,
}

impl fmt::Display for BodyRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyRejection::Body(error) => error.fmt(f),
            BodyRejection::NotText => f.write_str("the body is not UTF-8 text"),
        }
    }
}

impl From<BodyError> for BodyRejection {
    fn from(error: BodyError) -> Self {
        BodyRejection::Body(error)
    }
}

impl From<BodyRejection> for Problem {
    fn from(rejection: BodyRejection) -> Self {
        match rejection {
            BodyRejection::Body(error) => error.into(),
            BodyRejection::NotText => {
                Problem::bad_request("the body is not UTF-8 text").error(Place::Body, "", "expected UTF-8 text")
            }
        }
    }
}

impl IntoResponse for BodyRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
