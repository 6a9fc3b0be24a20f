//! Why a body could not be read to its end.

use core::{any::Any, fmt, time::Duration};

use crate::error::BoxError;

/// Why a body could not be read to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum BodyError {
    /// More bytes came than the route takes.
    TooLarge {
        /// The route's limit in bytes.
        limit: u64,
    },
    /// No byte came for this long.
    Idle {
        /// How long was waited.
        after: Duration,
    },
    /// The stream that makes the body panicked.
    Panicked,
    /// An earlier argument or extractor has taken the body.
    Taken,
    /// The connection broke, or the stream that makes the body failed.
    Broken(BoxError),
}

impl BodyError {
    pub(crate) fn from_panic(panic: &(dyn Any + Send)) -> Self {
        tracing::error!(panic = crate::error::panic_text(panic), "a body stream panicked: its connection is cut");
        BodyError::Panicked
    }

    /// Keeps an error of ours that travelled through a box what it was.
    pub(super) fn from_source(error: BoxError) -> Self {
        match error.downcast::<BodyError>() {
            Ok(own) => *own,
            Err(error) => BodyError::Broken(error),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::TooLarge { limit } => write!(f, "the body is larger than {limit} bytes"),
            BodyError::Idle { after } => write!(f, "no byte of the body came for {} s", after.as_secs_f32()),
            BodyError::Panicked => f.write_str("the stream that makes the body panicked"),
            BodyError::Taken => f.write_str("the body has been taken already"),
            BodyError::Broken(_) => f.write_str("the body broke off before its end"),
        }
    }
}

impl std::error::Error for BodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BodyError::Broken(error) => Some(&**error),
            _ => None,
        }
    }
}

impl From<hyper::Error> for BodyError {
    fn from(error: hyper::Error) -> Self {
        BodyError::Broken(Box::new(error))
    }
}
