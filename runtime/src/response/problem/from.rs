//! What `?` makes of other errors.

use core::{any::Any, error::Error, fmt};
use std::io;

use http::StatusCode;

use crate::{body::BodyError, response::Problem};

/// A 500 that tells the client nothing; the log gets the error with its causes.
///
/// A [`BodyError`] is the exception, also inside of an [`io::Error`]: the client caused it, and is told so with a 413,
/// 408 or 400.
///
/// ```
/// use rutter::{IntoResponse, Problem};
///
/// fn read() -> Result<String, Problem> {
///     Ok(std::fs::read_to_string("/there/is/no/such/file")?)
/// }
/// assert_eq!(read().into_response().status(), 500);
/// ```
// This is why neither `Problem` nor any rejection is an `Error`: as of today the compiler would
// not know which of two conversions is meant.
impl<E: Error + Send + Sync + 'static> From<E> for Problem {
    fn from(error: E) -> Self {
        let any = &error as &dyn Any;
        let inside = any.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let inside = inside.and_then(|error| error.downcast_ref::<BodyError>());
        if let Some(error) = any.downcast_ref::<BodyError>().or(inside) {
            return of_body(error);
        }
        tracing::error!(error = %Chain(&error), "a handler failed: answered with a 500");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

fn of_body(error: &BodyError) -> Problem {
    match error {
        BodyError::TooLarge { limit } => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(format!("the body is larger than {limit} bytes"))
        }
        BodyError::Idle { after } => Problem::new(StatusCode::REQUEST_TIMEOUT)
            .detail(format!("no byte of the body came for {} s", after.as_secs_f32()))
            // RFC 9110 §15.5.9: what else of the body comes is not waited for.
            .header("connection", "close"),
        // Its source may name addresses and libraries, so it is for the log.
        BodyError::Broken(cause) => {
            tracing::debug!(%cause, "the body of a request broke off");
            Problem::bad_request("the body broke off before its end")
        }
        BodyError::Taken | BodyError::Panicked => {
            tracing::error!(%error, "a body cannot be read: answered with a 500");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// An error and its causes on one line.
struct Chain<'e>(&'e dyn Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn an_error_of_the_handlers_tells_the_client_nothing() {
        let problem = Problem::from(std::io::Error::other("password of the database: hunter2"));
        assert_eq!(problem.to_string(), "500 Internal Server Error");
    }

    #[test]
    fn an_error_of_the_body_is_seen_inside_of_one_of_reading_it() {
        let error = io::Error::from(BodyError::TooLarge { limit: 10 });
        assert_eq!(Problem::from(error).to_string(), "413 Payload Too Large: the body is larger than 10 bytes");
    }

    #[test]
    fn an_error_of_the_body_tells_the_client_what_to_change() {
        for (error, expected) in [
            (BodyError::TooLarge { limit: 10 }, "413 Payload Too Large: the body is larger than 10 bytes"),
            (
                BodyError::Idle { after: Duration::from_secs(30) },
                "408 Request Timeout: no byte of the body came for 30 s",
            ),
            (BodyError::Broken("reset".into()), "400 Bad Request: the body broke off before its end"),
            (BodyError::Taken, "500 Internal Server Error"),
        ] {
            assert_eq!(Problem::from(error).to_string(), expected);
        }
    }
}
