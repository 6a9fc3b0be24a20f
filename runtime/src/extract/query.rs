//! The query string as a type.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use http::StatusCode;
use serde::de::Deserialize;

use crate::{
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead, urlencoded},
    reads::Reads,
    response::{FieldError, IntoResponse, Place, Problem, Response},
};

/// The query string as a type.
///
/// A name that stands several times is read into a `Vec`. What does not fit is a 400 that names
/// the field. `Query<Search<'_>>` borrows from the request: give its texts the type `Cow<'_, str>`
/// with `#[serde(borrow)]`, since a text with escapes has to be copied.
///
/// ```
/// use rutter::Query;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Search { q: String, #[serde(default)] tag: Vec<String> }
///
/// // #[route(GET, "/search")]     /search?q=chair&tag=oak&tag=red
/// fn search(search: Query<Search>) -> String {
///     format!("{} in {}", search.q, search.tag.join(", "))
/// }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The value.
    ///
    /// ```
    /// assert_eq!(rutter::Query(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        self.0
    }
}

// Not `DeserializeOwned`: a type without `Deserialize` is then told to derive it.
impl<T: for<'de> Deserialize<'de>> FromRequest for Query<T> {
    const READS: Reads = Reads::QUERY;
    const READY: bool = true;
    type Rejection = QueryRejection;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, QueryRejection> {
        read(head)
    }

    fn is_absent(rejection: &QueryRejection) -> bool {
        matches!(rejection, QueryRejection::Absent { .. })
    }
}

impl<'r, T: Deserialize<'r>> FromHead<'r> for Query<T> {
    const READS: Reads = Reads::QUERY;
    type Rejection = QueryRejection;

    fn from_head(head: &'r RequestHead) -> Result<Self, QueryRejection> {
        read(head)
    }

    fn is_absent(rejection: &QueryRejection) -> bool {
        matches!(rejection, QueryRejection::Absent { .. })
    }
}

fn read<'r, T: Deserialize<'r>>(head: &'r RequestHead) -> Result<Query<T>, QueryRejection> {
    let query = head.uri().query();
    let text = query.unwrap_or_default();
    urlencoded::read(text, head.app.limits.query_pairs, Place::Query).map(Query).map_err(|fault| match fault {
        urlencoded::Fault::Malformed => QueryRejection::Malformed,
        urlencoded::Fault::TooMany { limit } => QueryRejection::TooMany { limit },
        urlencoded::Fault::Shape(error) if query.is_none() => QueryRejection::Absent { error },
        urlencoded::Fault::Shape(error) => QueryRejection::Shape { error },
    })
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Query<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Why the query string cannot be read: a 400.
///
/// ```
/// use rutter::{Problem, QueryRejection};
///
/// let problem = Problem::from(QueryRejection::TooMany { limit: 1_000 });
/// assert_eq!(problem.to_string(), "400 Bad Request: the query string has more than 1000 pairs");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum QueryRejection {
    /// There is no query string, and the type does without none.
    Absent {
        /// The first field that is missing.
        error: FieldError,
    },
    /// An escape is none, or what the escapes spell is no UTF-8.
    Malformed,
    /// There are more pairs than the route takes.
    TooMany {
        /// The route's limit.
        limit: usize,
    },
    /// The query does not fit the type.
    Shape {
        /// The wrong field.
        error: FieldError,
    },
}

impl fmt::Display for QueryRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryRejection::Absent { .. } => f.write_str("a query string is required"),
            QueryRejection::Malformed => f.write_str("the query string is not percent-encoded UTF-8"),
            QueryRejection::TooMany { limit } => write!(f, "the query string has more than {limit} pairs"),
            QueryRejection::Shape { .. } => f.write_str("the query string does not fit"),
        }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        let problem = Problem::new(StatusCode::BAD_REQUEST).detail(rejection.to_string());
        match rejection {
            QueryRejection::Absent { error } | QueryRejection::Shape { error } => problem.with_errors(vec![error]),
            QueryRejection::Malformed | QueryRejection::TooMany { .. } => problem,
        }
    }
}

impl IntoResponse for QueryRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
