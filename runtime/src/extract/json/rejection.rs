//! Why a body is not the JSON that was expected.

use core::fmt;

use http::StatusCode;

use crate::{
    body::BodyError,
    response::{FieldError, IntoResponse, Problem, Response},
};

/// Why a body is not the JSON that was expected.
///
/// ```
/// use rutter::{JsonRejection, Problem};
///
/// assert_eq!(Problem::from(JsonRejection::NotJson).status_code(), 415);
/// assert_eq!(Problem::from(JsonRejection::Empty).status_code(), 400);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum JsonRejection {
    /// There is neither a body nor a type: a 400.
    Absent,
    /// The type is not JSON's: a 415.
    NotJson,
    /// The body has no bytes: a 400.
    Empty,
    /// The body is not JSON: a 400.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// The JSON does not fit the type: a 422.
    Shape {
        /// Each wrong field.
        errors: Vec<FieldError>,
    },
    /// The body could not be read to its end: a 413, 408 or 400.
    Body(BodyError),
}

impl JsonRejection {
    pub(super) fn malformed(error: &serde_json::Error) -> Self {
        let why = super::faults::message(error);
        JsonRejection::Malformed { line: error.line(), column: error.column(), why }
    }

    const fn code(&self) -> StatusCode {
        match self {
            JsonRejection::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            JsonRejection::Shape { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for JsonRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonRejection::Absent => {
                f.write_str("a body is required: send JSON, with `content-type: application/json`")
            }
            JsonRejection::NotJson => {
                f.write_str("send JSON, with `content-type: application/json` or a type that ends in `+json`")
            }
            JsonRejection::Empty => f.write_str("the body is empty, where JSON was expected"),
            JsonRejection::Malformed { line, column, why } => {
                write!(f, "the JSON is malformed at line {line}, column {column}: {why}")
            }
            JsonRejection::Shape { .. } => f.write_str("the JSON does not have the shape that is expected"),
            JsonRejection::Body(error) => error.fmt(f),
        }
    }
}

impl From<BodyError> for JsonRejection {
    fn from(error: BodyError) -> Self {
        JsonRejection::Body(error)
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let problem = Problem::new(rejection.code()).detail(rejection.to_string());
        match rejection {
            JsonRejection::Body(error) => error.into(),
            JsonRejection::Shape { errors } => problem.with_errors(errors),
            // What `Accept-Post` is to POST: RFC 9110 §12.5.1 has `Accept` in a 415 say what to send.
            JsonRejection::NotJson => problem.header("accept", "application/json"),
            _ => problem,
        }
    }
}

impl IntoResponse for JsonRejection {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
