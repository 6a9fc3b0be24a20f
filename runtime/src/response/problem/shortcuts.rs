//! The problems that handlers return most, by name.

use std::borrow::Cow;

use http::StatusCode;

use crate::response::Problem;

impl Problem {
    /// A 400: the request cannot be understood.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::bad_request("`from` is after `to`").status_code(), 400);
    /// ```
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST).detail(detail)
    }

    /// A 401: nobody knows who is asking. RFC 9110 §11.6.1 wants a `WWW-Authenticate` with it.
    ///
    /// ```
    /// let problem = rutter::Problem::unauthorized("the token has expired").header("www-authenticate", "Bearer");
    /// assert_eq!(problem.status_code(), 401);
    /// ```
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::UNAUTHORIZED).detail(detail)
    }

    /// A 403: it is known who is asking, and they may not.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::forbidden("only the owner may do this").status_code(), 403);
    /// ```
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::FORBIDDEN).detail(detail)
    }

    /// A 404: there is no such thing.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::not_found("no product 7").status_code(), 404);
    /// ```
    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::NOT_FOUND).detail(detail)
    }

    /// A 409: it does not fit what is there now.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::conflict("the name is taken").status_code(), 409);
    /// ```
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::CONFLICT).detail(detail)
    }

    /// A 410: there was such a thing, and it will not come back.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::gone("the offer has ended").status_code(), 410);
    /// ```
    pub fn gone(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::GONE).detail(detail)
    }

    /// A 412: a condition such as `If-Match` does not hold.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::precondition_failed("changed by someone else").status_code(), 412);
    /// ```
    pub fn precondition_failed(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::PRECONDITION_FAILED).detail(detail)
    }

    /// A 422: it is understood, and it cannot be done so.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::unprocessable("the end is before the start").status_code(), 422);
    /// ```
    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY).detail(detail)
    }

    /// A 429: too many requests came; `Retry-After` says when to come back.
    ///
    /// ```
    /// let problem = rutter::Problem::too_many_requests("100 an hour").header("retry-after", "120");
    /// assert_eq!(problem.status_code(), 429);
    /// ```
    pub fn too_many_requests(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::TOO_MANY_REQUESTS).detail(detail)
    }

    /// A 503: not now.
    ///
    /// ```
    /// assert_eq!(rutter::Problem::unavailable("the shop opens at nine").status_code(), 503);
    /// ```
    pub fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE).detail(detail)
    }
}
