//! Errors that a client can read: RFC 9457, `application/problem+json`.
//!
//! A [`Problem`] is what a handler returns when it cannot do what was asked, and what every
//! extractor answers with:
//!
//! ```json
//! {
//!   "title": "Unprocessable Entity",
//!   "status": 422,
//!   "detail": "the JSON does not have the shape that is expected",
//!   "errors": [{ "in": "body", "name": "items[0].price", "detail": "expected a number, found a string" }]
//! }
//! ```
//!
//! The rules:
//! - the title is the status' own phrase unless another is given;
//! - `?` makes a 500 of any other error: the client learns nothing of it, the log everything;
//! - a problem is one pointer wide, so a `Result<_, Problem>` stays small.

mod field;
mod from;
mod json;
mod shortcuts;

use core::fmt;
use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::{
    body::Body,
    response::{IntoResponse, IntoStatus, Response, reply::refused, with_type},
};

pub use field::{FieldError, Place};

/// An error that a client can read (RFC 9457).
///
/// ```
/// use rutter::{IntoResponse, Place, Problem};
///
/// let problem = Problem::new(422)
///     .detail("the order cannot be placed")
///     .error(Place::Body, "items[0].count", "there are only 3 left")
///     .with("left", 3);
/// assert_eq!(problem.to_string(), "422 Unprocessable Entity: the order cannot be placed");
///
/// let answer = problem.into_response();
/// assert_eq!(answer.headers()["content-type"], "application/problem+json");
/// ```
#[must_use = "a problem is sent only when the handler returns it"]
#[derive(Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    status: StatusCode,
    kind: Option<Cow<'static, str>>,
    title: Option<Cow<'static, str>>,
    detail: Option<Cow<'static, str>>,
    instance: Option<Cow<'static, str>>,
    errors: Vec<FieldError>,
    members: Vec<(Cow<'static, str>, Value)>,
    headers: HeaderMap,
    /// It is a 500 for a mistake of the handler's, and stays one.
    refused: bool,
}

impl Problem {
    /// A problem of this status, which says no more than the status does.
    ///
    /// ```
    /// use rutter::{Problem, StatusCode};
    ///
    /// assert_eq!(Problem::new(404).to_string(), "404 Not Found");
    /// assert_eq!(Problem::new(StatusCode::GONE).to_string(), "410 Gone");
    /// ```
    pub fn new(status: impl IntoStatus) -> Self {
        Problem(Box::new(Inner::new(known(status))))
    }

    /// Sets the status.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// assert_eq!(Problem::not_found("no such order").status(410).status_code(), 410);
    /// ```
    pub fn status(self, status: impl IntoStatus) -> Self {
        self.set(|problem| problem.status = known(status))
    }

    /// Says what kind of problem it is, the same words each time. By default it is the status'
    /// own phrase.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// assert_eq!(Problem::new(403).title("Out of credit").to_string(), "403 Out of credit");
    /// ```
    pub fn title(self, title: impl Into<Cow<'static, str>>) -> Self {
        self.set(|problem| problem.title = Some(title.into()))
    }

    /// Says what went wrong this time, for the client's developer.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// let problem = Problem::new(409).detail(format!("order {} has been sent", 7));
    /// assert_eq!(problem.to_string(), "409 Conflict: order 7 has been sent");
    /// ```
    pub fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.set(|problem| problem.detail = Some(detail.into()))
    }

    /// Names the kind of problem by a URI, which programs can compare: the member `type`.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// let problem = Problem::new(403).kind("https://example.com/problems/out-of-credit");
    /// ```
    pub fn kind(self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.set(|problem| problem.kind = Some(uri.into()))
    }

    /// Names this one occurrence by a URI.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// let problem = Problem::new(500).instance("urn:uuid:8b4b9f0e-6f0a-4b8e-9a55-3c8c1f1e2d3a");
    /// ```
    pub fn instance(self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.set(|problem| problem.instance = Some(uri.into()))
    }

    /// Adds what is wrong with one field of the request.
    ///
    /// ```
    /// use rutter::{Place, Problem};
    ///
    /// let problem = Problem::new(422).error(Place::Body, "email", "is taken");
    /// assert_eq!(problem.errors()[0].name, "email");
    /// ```
    pub fn error(self, place: Place, name: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        self.set(|problem| problem.errors.push(FieldError::new(place, name, detail)))
    }

    /// Adds a member of your own (RFC 9457 §3.2).
    ///
    /// The standard's own members are set by their methods: `with` leaves them as they are and
    /// says so in the log, as it does of a value that cannot be written as JSON.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// let problem = Problem::new(403).with("balance", 30).with("accounts", ["/account/1", "/account/2"]);
    /// ```
    pub fn with(self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        let name = name.into();
        if json::MEMBERS.contains(&&*name) {
            tracing::error!("the member `{name}` of a problem is set by its own method: left as it is");
            return self;
        }
        match serde_json::to_value(value) {
            Ok(value) => self.set(|problem| {
                problem.members.retain(|(other, _)| *other != name);
                problem.members.push((name, value));
            }),
            Err(error) => {
                tracing::error!(%error, "the member `{name}` of a problem cannot be written: left out");
                self
            }
        }
    }

    /// Sets a header of the answer; one of the same name is replaced.
    ///
    /// A name or value that HTTP does not allow makes the answer a bare 500, whatever is called
    /// afterwards: it is never sent.
    ///
    /// ```
    /// use rutter::{IntoResponse, Problem};
    ///
    /// let answer = Problem::unauthorized("no token").header("www-authenticate", "Bearer").into_response();
    /// assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    /// ```
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let (Ok(name), Ok(value)) = (name.try_into(), value.try_into()) else {
            tracing::error!("a header of a problem has a name or a value that HTTP does not allow");
            let refused = Inner { refused: true, ..Inner::new(StatusCode::INTERNAL_SERVER_ERROR) };
            return Problem(Box::new(refused));
        };
        self.set(|problem| drop(problem.headers.insert(name, value)))
    }

    /// The status that will be sent.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// assert_eq!(Problem::not_found("no such order").status_code(), 404);
    /// ```
    pub fn status_code(&self) -> StatusCode {
        self.0.status
    }

    /// What is wrong with single fields of the request.
    ///
    /// ```
    /// use rutter::Problem;
    ///
    /// assert!(Problem::new(404).errors().is_empty());
    /// ```
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    pub(crate) fn with_errors(self, errors: Vec<FieldError>) -> Self {
        self.set(|problem| problem.errors = errors)
    }

    fn set(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        if !self.0.refused {
            change(&mut self.0);
        }
        self
    }
}

impl Inner {
    fn new(status: StatusCode) -> Self {
        Inner {
            status,
            kind: None,
            title: None,
            detail: None,
            instance: None,
            errors: Vec::new(),
            members: Vec::new(),
            headers: HeaderMap::new(),
            refused: false,
        }
    }

    fn title(&self) -> Option<&str> {
        self.title.as_deref().or(self.status.canonical_reason())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Ok(text) = serde_json::to_vec(&self) else {
            return refused("a problem cannot be written as JSON");
        };
        let mut response = with_type(&PROBLEM_JSON, Body::from(text));
        *response.status_mut() = self.0.status;
        response.headers_mut().extend(self.0.headers);
        response
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.status.as_str())?;
        if let Some(title) = self.0.title() {
            write!(f, " {title}")?;
        }
        if let Some(detail) = &self.0.detail {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Problem({self}")?;
        for error in &self.0.errors {
            write!(f, "; {error}")?;
        }
        f.write_str(")")
    }
}

static PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

fn known(status: impl IntoStatus) -> StatusCode {
    status.into_status().unwrap_or_else(|| {
        tracing::error!("a status must be between 100 and 999: the problem is a 500");
        StatusCode::INTERNAL_SERVER_ERROR
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_refused_stays_refused_whatever_follows() {
        let problem = Problem::not_found("no such order").header("x-a", "b\r\nc: d");
        let problem = problem.status(404).title("Gone").detail("secret").kind("about:x").instance("urn:x");
        let problem = problem.error(Place::Body, "id", "is wrong").with("left", 3).header("x-b", "c");
        assert_eq!(format!("{problem:?}"), "Problem(500 Internal Server Error)");
        let answer = problem.into_response();
        assert_eq!((answer.status().as_u16(), answer.headers().contains_key("x-b")), (500, false));
        assert_eq!(answer.body().len(), Some(r#"{"title":"Internal Server Error","status":500}"#.len() as u64));
    }
}
