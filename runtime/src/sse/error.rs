//! Why an event was not sent.

use core::{error::Error, fmt};
use std::sync::Arc;

use crate::error::BoxError;

/// Why an event was not sent.
///
/// ```
/// use rutter::{Broadcast, Event, SseError};
///
/// let forged = Event::data("x").event("a\ndata: forged");
/// assert!(matches!(Broadcast::new(1).send(forged), Err(SseError::Name(_))));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum SseError {
    /// The client has left, or the application ends.
    Gone,
    /// The name of the event has a line break or NUL.
    Name(String),
    /// The id of the event has a line break or NUL.
    Id(String),
    /// The value cannot be written as JSON.
    Json(Arc<serde_json::Error>),
}

impl SseError {
    /// Whether an error, or what caused it, is that the client has left.
    pub(super) fn is_gone(error: &BoxError) -> bool {
        let mut cause: Option<&(dyn Error + 'static)> = Some(&**error);
        while let Some(error) = cause {
            if matches!(error.downcast_ref(), Some(SseError::Gone)) {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

impl fmt::Display for SseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SseError::Gone => f.write_str("the client has left"),
            SseError::Name(name) => write!(f, "the name of an event has no line break and no NUL, and {name:?} has"),
            SseError::Id(id) => write!(f, "the id of an event has no line break and no NUL, and {id:?} has"),
            SseError::Json(_) => f.write_str("the data of an event cannot be written as JSON"),
        }
    }
}

impl Error for SseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            SseError::Json(error) => Some(&**error),
            _ => None,
        }
    }
}
