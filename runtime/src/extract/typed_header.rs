//! Headers as types, as the `headers` crate spells them.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use headers::{Header, HeaderMapExt};
use http::HeaderName;

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead},
    reads::Reads,
    response::{IntoResponse, Place, Problem, Response},
    state::Requirements,
};

/// A header as a type, of the [`headers`] crate or your own.
///
/// Which header that is only shows at run time: a route whose answers are kept, and whose `vary` does
/// not name it, is refused by [`Routes::build`](crate::Routes::build).
///
/// ```
/// use rutter::{TypedHeader, headers::UserAgent};
///
/// fn greet(agent: TypedHeader<UserAgent>) -> String {
///     format!("hello, {}", *agent)
/// }
/// assert_eq!(greet(TypedHeader(UserAgent::from_static("curl/8"))), "hello, curl/8");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypedHeader<T>(pub T);

impl<T> TypedHeader<T> {
    /// The header.
    ///
    /// ```
    /// assert_eq!(rutter::TypedHeader(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Header> FromRequest for TypedHeader<T> {
    const READS: Reads = Reads::HEAD;
    const READY: bool = true;
    type Rejection = TypedHeaderRejection;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, TypedHeaderRejection> {
        match head.headers().typed_try_get() {
            Ok(Some(header)) => Ok(TypedHeader(header)),
            Ok(None) => Err(TypedHeaderRejection::Missing { name: T::name() }),
            Err(_) => Err(TypedHeaderRejection::Malformed { name: T::name() }),
        }
    }

    fn requires(requirements: &mut Requirements) {
        requirements.header(T::name());
    }

    fn is_absent(rejection: &TypedHeaderRejection) -> bool {
        matches!(rejection, TypedHeaderRejection::Missing { .. })
    }
}

impl<T> Deref for TypedHeader<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for TypedHeader<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Why a header cannot be read: a 400.
///
/// ```
/// use rutter::{Problem, TypedHeaderRejection, http::header};
///
/// let problem: Problem = TypedHeaderRejection::Missing { name: &header::IF_MATCH }.into();
/// assert_eq!(problem.to_string(), "400 Bad Request: the header `if-match` is required");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TypedHeaderRejection {
    /// The request has no such header.
    Missing {
        /// The header's name.
        name: &'static HeaderName,
    },
    /// The header has a value that its type does not allow.
    Malformed {
        /// The header's name.
        name: &'static HeaderName,
    },
}

impl fmt::Display for TypedHeaderRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypedHeaderRejection::Missing { name } => write!(f, "the header `{name}` is required"),
            TypedHeaderRejection::Malformed { name } => write!(f, "the header `{name}` is malformed"),
        }
    }
}

impl From<TypedHeaderRejection> for Problem {
    fn from(rejection: TypedHeaderRejection) -> Self {
        let problem = Problem::bad_request(rejection.to_string());
        match rejection {
            TypedHeaderRejection::Missing { name } => problem.error(Place::Header, name.as_str(), "is required"),
            TypedHeaderRejection::Malformed { name } => problem.error(Place::Header, name.as_str(), "is malformed"),
        }
    }
}

impl IntoResponse for TypedHeaderRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
