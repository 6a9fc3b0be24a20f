//! An answer without content.

use http::StatusCode;

use crate::response::{IntoResponse, Response};

/// A 204: done, and there is nothing to say.
///
/// ```
/// use rutter::{IntoResponse, NoContent};
///
/// assert_eq!(NoContent.into_response().status(), 204);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}
