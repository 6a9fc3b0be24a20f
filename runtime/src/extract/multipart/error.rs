//! Why a form with files cannot be read.

use core::fmt;

use http::StatusCode;

use crate::{
    body::BodyError,
    response::{IntoResponse, Place, Problem, Response},
};

/// Why a form with files cannot be read.
///
/// It becomes a [`Problem`] by `?`, and an answer when a handler returns it.
///
/// ```
/// use rutter::{MultipartError, Problem};
///
/// let problem = Problem::from(MultipartError::TooManyParts { limit: 1_000 });
/// assert_eq!(problem.to_string(), "413 Payload Too Large: the form has more than 1000 parts");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum MultipartError {
    /// There is neither a body nor a type: a 400.
    Absent,
    /// The type is not `multipart/form-data`: a 415.
    NotMultipart,
    /// The type names no boundary between the parts: a 400.
    NoBoundary,
    /// There are more parts than the route takes: a 413.
    TooManyParts {
        /// The route's limit.
        limit: usize,
    },
    /// The body ends before its last boundary: a 400.
    Truncated,
    /// A part's headers are malformed, or longer than 16 KiB: a 400.
    Malformed,
    /// A part is to be text, and is not UTF-8: a 400.
    NotText {
        /// The part's name.
        name: String,
    },
    /// The body could not be read to its end: a 413, 408 or 400.
    Body(BodyError),
}

impl MultipartError {
    const fn code(&self) -> StatusCode {
        match self {
            MultipartError::NotMultipart => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            MultipartError::TooManyParts { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for MultipartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MultipartError::Absent => {
                f.write_str("a body is required: send a form, with `content-type: multipart/form-data`")
            }
            MultipartError::NotMultipart => f.write_str("send a form, with `content-type: multipart/form-data`"),
            MultipartError::NoBoundary => f.write_str("the content type names no `boundary` of 1 to 70 characters"),
            MultipartError::TooManyParts { limit } => write!(f, "the form has more than {limit} parts"),
            MultipartError::Truncated => f.write_str("the form ends before its last boundary"),
            MultipartError::Malformed => f.write_str("the headers of a part are malformed or too long"),
            MultipartError::NotText { .. } => f.write_str("a part of the form is not UTF-8 text"),
            MultipartError::Body(error) => error.fmt(f),
        }
    }
}

impl From<BodyError> for MultipartError {
    fn from(error: BodyError) -> Self {
        MultipartError::Body(error)
    }
}

impl From<multer::Error> for MultipartError {
    fn from(error: multer::Error) -> Self {
        match error {
            // Our own error, which has travelled through a box.
            multer::Error::StreamReadFailed(error) => MultipartError::Body(match error.downcast::<BodyError>() {
                Ok(own) => *own,
                Err(error) => BodyError::Broken(error),
            }),
            multer::Error::IncompleteStream | multer::Error::IncompleteFieldData { .. } => MultipartError::Truncated,
            _ => MultipartError::Malformed,
        }
    }
}

impl From<MultipartError> for Problem {
    fn from(error: MultipartError) -> Self {
        let problem = Problem::new(error.code()).detail(error.to_string());
        match error {
            MultipartError::Body(error) => error.into(),
            MultipartError::NotText { name } => problem.error(Place::Body, name, "expected UTF-8 text"),
            MultipartError::NotMultipart => problem.header("accept", "multipart/form-data"),
            _ => problem,
        }
    }
}

impl IntoResponse for MultipartError {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}
