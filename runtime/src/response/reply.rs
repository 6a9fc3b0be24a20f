//! An answer in the making: status and headers added to any value.

use http::{HeaderName, HeaderValue, StatusCode, header::SET_COOKIE};

use crate::response::{IntoResponse, Problem, Response};

/// An answer in the making: what [`Refine::status`](crate::Refine::status) and
/// [`Refine::header`](crate::Refine::header) return.
///
/// ```
/// use rutter::{IntoResponse, Reply};
///
/// let answer = Reply::new("made").status(201).header("x-served-by", "rutter").into_response();
/// assert_eq!(answer.status(), 201);
/// ```
#[derive(Debug)]
#[must_use = "a reply is sent only when the handler returns it"]
pub struct Reply {
    response: Response,
    /// It is a 500 for a mistake of the handler's, and stays one.
    refused: bool,
}

impl Reply {
    /// The answer that a value makes, to be refined.
    ///
    /// ```
    /// use rutter::{IntoResponse, Reply, Response};
    ///
    /// let fetched = Response::default();
    /// assert_eq!(Reply::new(fetched).status(203).into_response().status(), 203);
    /// ```
    pub fn new(value: impl IntoResponse) -> Self {
        Reply { response: value.into_response(), refused: false }
    }

    /// Sets the status. A number that is none makes the answer a 500.
    ///
    /// ```
    /// use rutter::{IntoResponse, Reply, StatusCode};
    ///
    /// assert_eq!(Reply::new("x").status(StatusCode::ACCEPTED).into_response().status(), 202);
    /// assert_eq!(Reply::new("x").status(2000).into_response().status(), 500);
    /// ```
    pub fn status(mut self, status: impl IntoStatus) -> Self {
        match status.into_status() {
            _ if self.refused => self,
            None => Reply::refuse("a status must be between 100 and 999"),
            Some(status) => {
                *self.response.status_mut() = status;
                self
            }
        }
    }

    /// Sets a header; one of the same name is replaced, but for `Set-Cookie`, of which an answer may have many.
    ///
    /// A name or value that HTTP does not allow makes the answer a 500: it is never sent.
    ///
    /// ```
    /// use rutter::{IntoResponse, Reply};
    ///
    /// let answer = Reply::new("x").header("x-a", "b\r\nset-cookie: c=d").into_response();
    /// assert_eq!(answer.status(), 500);
    /// ```
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            _ if self.refused => self,
            (Err(_), _) => Reply::refuse("a header's name is no token of RFC 9110"),
            (_, Err(_)) => Reply::refuse("a header's value has a control character, which would split the answer"),
            // A cookie never takes the place of another.
            (Ok(name), Ok(value)) if name == SET_COOKIE => {
                self.response.headers_mut().append(name, value);
                self
            }
            (Ok(name), Ok(value)) => {
                self.response.headers_mut().insert(name, value);
                self
            }
        }
    }

    /// Changes the answer, or refuses it for a mistake of the handler's.
    #[cfg(feature = "cookies")]
    pub(crate) fn change(mut self, change: impl FnOnce(&mut Response) -> Result<(), String>) -> Self {
        if self.refused {
            return self;
        }
        match change(&mut self.response) {
            Ok(()) => self,
            Err(why) => Reply::refuse(&why),
        }
    }

    fn refuse(why: &str) -> Self {
        Reply { response: refused(why), refused: true }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        self.response
    }
}

/// A status code, or its number.
///
/// ```
/// use rutter::{IntoStatus, StatusCode};
///
/// assert_eq!(201.into_status(), Some(StatusCode::CREATED));
/// ```
pub trait IntoStatus {
    /// The status code; `None` for a number that is none.
    fn into_status(self) -> Option<StatusCode>;
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> Option<StatusCode> {
        Some(self)
    }
}

impl IntoStatus for u16 {
    fn into_status(self) -> Option<StatusCode> {
        StatusCode::from_u16(self).ok()
    }
}

/// A mistake of the handler that only shows when it answers: said in the log, not to the client.
pub(crate) fn refused(why: &str) -> Response {
    tracing::error!("{why}: answered with a 500");
    Problem::new(500).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_stands_beside_another() {
        let answer = Reply::new("x").header("set-cookie", "a=1").header("set-cookie", "b=2").into_response();
        assert_eq!(answer.headers().get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
        let answer = ([("set-cookie", "b=2")], Reply::new("x").header("set-cookie", "a=1")).into_response();
        assert_eq!(answer.headers().get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    }

    #[test]
    fn a_mistake_of_the_handlers_is_a_500_whatever_follows() {
        let answer = Reply::new("made").header("x a", "b").status(201).header("x-b", "c").into_response();
        assert_eq!((answer.status().as_u16(), answer.headers().contains_key("x-b")), (500, false));
    }
}
