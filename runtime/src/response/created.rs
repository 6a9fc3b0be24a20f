//! A 201 that says where the new thing is.

use std::borrow::Cow;

use http::{HeaderValue, StatusCode, header::LOCATION};

use crate::response::{IntoResponse, Response, location::location, reply::refused};

/// A 201, with the place of what was made in `Location`.
///
/// ```
/// use rutter::{Created, IntoResponse, Json};
///
/// let answer = Created::at("/products/7", Json([7])).into_response();
/// assert_eq!(answer.status(), 201);
/// assert_eq!(answer.headers()["location"], "/products/7");
/// ```
#[derive(Debug, Clone)]
#[must_use = "an answer is sent only when the handler returns it"]
pub struct Created<T = ()> {
    place: Place,
    body: T,
}

#[derive(Debug, Clone)]
enum Place {
    Nowhere,
    At(HeaderValue),
    Refused,
}

impl<T> Created<T> {
    /// A 201 whose `Location` is this path or URL: best the `path` of a route.
    ///
    /// Characters that no URI may hold are percent-encoded. With a control character the answer
    /// is a 500: it would split the answer, so it is never sent.
    ///
    /// ```
    /// use rutter::{Created, IntoResponse};
    ///
    /// let answer = Created::at("/tags/crème brûlée", "made").into_response();
    /// assert_eq!(answer.headers()["location"], "/tags/cr%C3%A8me%20br%C3%BBl%C3%A9e");
    ///
    /// let split = Created::at("/tags/a\r\nset-cookie: b=c", "made").into_response();
    /// assert_eq!(split.status(), 500);
    /// ```
    pub fn at<'l>(path: impl Into<Cow<'l, str>>, body: T) -> Self {
        Created { place: location(path.into()).map_or(Place::Refused, Place::At), body }
    }

    /// A 201 without `Location`.
    ///
    /// ```
    /// use rutter::{Created, IntoResponse};
    ///
    /// let answer = Created::new("made").into_response();
    /// assert_eq!(answer.status(), 201);
    /// assert!(!answer.headers().contains_key("location"));
    /// ```
    pub fn new(body: T) -> Self {
        Created { place: Place::Nowhere, body }
    }

    /// The body.
    ///
    /// ```
    /// use rutter::Created;
    ///
    /// assert_eq!(Created::at("/products/7", "apple").into_inner(), "apple");
    /// ```
    pub fn into_inner(self) -> T {
        self.body
    }
}

impl<T: IntoResponse> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let location = match self.place {
            Place::Refused => return refused("a `Location` has a control character, which would split the answer"),
            Place::Nowhere => None,
            Place::At(location) => Some(location),
        };
        let mut response = self.body.into_response();
        // A body that went wrong, and `()`, which is a 204 by itself.
        if response.status().is_success() {
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().extend(location.map(|location| (LOCATION, location)));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Problem;

    #[test]
    fn a_created_nothing_is_a_201() {
        assert_eq!(Created::at("/a", ()).into_response().status(), 201);
    }

    #[test]
    fn a_body_that_went_wrong_keeps_its_status() {
        let answer = Created::at("/a", Problem::new(500)).into_response();
        assert_eq!(answer.status(), 500);
        assert!(!answer.headers().contains_key(LOCATION));
    }
}
