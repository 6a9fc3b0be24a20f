//! Why a delivery does not reach its handler.

use core::fmt;

use http::StatusCode;

use crate::{
    body::BodyError,
    extract::Json,
    response::{IntoResponse, Place, Problem, Response},
    webhook::Refused,
};

/// Why a delivery does not reach its handler.
///
/// A handler that wants to answer itself takes `Result<Webhook<…>, WebhookRejection>`, and may return it as well:
///
/// ```
/// use rutter::{Stripe, prelude::*, webhook::WebhookRejection};
///
/// #[route(POST, "/hooks/stripe")]
/// fn paid(event: Result<Webhook<Stripe>, WebhookRejection>) -> Result<StatusCode, WebhookRejection> {
///     match event {
///         Ok(_) => Ok(StatusCode::NO_CONTENT),
///         // In place of a 200 that says so.
///         Err(WebhookRejection::Repeated) => Ok(StatusCode::NO_CONTENT),
///         Err(other) => Err(other),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body could not be read to its end: a 413, 408 or 400.
    Body(BodyError),
    /// The delivery is not believed: a 400.
    Refused(Refused),
    /// The event has been handled: a 200, so that the sender does not send it again.
    Repeated,
    /// The event is being handled: a 409, so that the sender sends it again if that fails.
    InProgress,
    /// The delivery is genuine, and not what the handler takes: this problem.
    Payload(Problem),
    /// There is no such provider, which `Routes::build` would have said: a 500.
    Unknown,
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WebhookRejection::Body(error) => error.fmt(f),
            WebhookRejection::Refused(refused) => refused.fmt(f),
            WebhookRejection::Repeated => f.write_str("the event has been handled"),
            WebhookRejection::InProgress => f.write_str("the event is being handled by an earlier delivery"),
            WebhookRejection::Payload(problem) => problem.fmt(f),
            WebhookRejection::Unknown => f.write_str("the provider is not known"),
        }
    }
}

impl From<BodyError> for WebhookRejection {
    fn from(error: BodyError) -> Self {
        WebhookRejection::Body(error)
    }
}

impl From<Refused> for WebhookRejection {
    fn from(refused: Refused) -> Self {
        WebhookRejection::Refused(refused)
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        match self {
            WebhookRejection::Body(error) => Problem::from(error).into_response(),
            WebhookRejection::Refused(refused) => of_refused(refused).into_response(),
            WebhookRejection::Repeated => {
                Json(serde_json::json!({ "received": true, "repeated": true })).into_response()
            }
            WebhookRejection::InProgress => {
                let problem = Problem::new(StatusCode::CONFLICT).detail(self.to_string());
                problem.header("retry-after", AGAIN).into_response()
            }
            WebhookRejection::Payload(problem) => problem.into_response(),
            WebhookRejection::Unknown => Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        }
    }
}

/// Seconds until an event that is being handled will have been, or will have failed.
const AGAIN: &str = "10";

fn of_refused(refused: Refused) -> Problem {
    let problem = Problem::bad_request(refused.to_string());
    match (refused, refused.header()) {
        (Refused::Missing(_), Some(name)) => problem.error(Place::Header, name, "is required"),
        (Refused::Repeated(_), Some(name)) => problem.error(Place::Header, name, "is sent more than once"),
        (_, Some(name)) => problem.error(Place::Header, name, "cannot be read"),
        _ => problem,
    }
}
