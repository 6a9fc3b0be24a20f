//! Tuples: a status and headers before the value that they go with.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::SET_COOKIE};

use crate::response::{IntoResponse, Response, reply::refused};

/// The value with this status.
///
/// ```
/// use rutter::{IntoResponse, Json, StatusCode};
///
/// assert_eq!((StatusCode::ACCEPTED, Json(1)).into_response().status(), 202);
/// ```
impl<T: IntoResponse> IntoResponse for (StatusCode, T) {
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        *response.status_mut() = self.0;
        response
    }
}

/// The value with these headers; those of the same names are replaced.
///
/// ```
/// use rutter::{HeaderMap, HeaderValue, IntoResponse};
///
/// let headers = HeaderMap::from_iter([(rutter::http::header::CONTENT_TYPE, HeaderValue::from_static("text/csv"))]);
/// assert_eq!((headers, "a,b").into_response().headers()["content-type"], "text/csv");
/// ```
impl<T: IntoResponse> IntoResponse for (HeaderMap, T) {
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        response.headers_mut().extend(self.0);
        response
    }
}

/// The value with this status and these headers.
///
/// ```
/// use rutter::{HeaderMap, IntoResponse, StatusCode};
///
/// assert_eq!((StatusCode::ACCEPTED, HeaderMap::new(), "later").into_response().status(), 202);
/// ```
impl<T: IntoResponse> IntoResponse for (StatusCode, HeaderMap, T) {
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        (self.0, (self.1, self.2)).into_response()
    }
}

/// The value with these headers; those of the same names are replaced.
///
/// A name that stands in the array twice is sent twice, which `set-cookie` needs. A name or value
/// that HTTP does not allow makes the answer a 500.
///
/// ```
/// use rutter::IntoResponse;
///
/// let answer = ([("content-type", "text/csv"), ("x-rows", "1")], "a,b").into_response();
/// assert_eq!(answer.headers()["content-type"], "text/csv");
/// ```
impl<N, V, const K: usize, T> IntoResponse for ([(N, V); K], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        let response = self.1.into_response();
        add(response, self.0.map(|(name, value)| Some((name.try_into().ok()?, value.try_into().ok()?))).as_slice())
    }
}

/// The value with this status and these headers.
///
/// ```
/// use rutter::{IntoResponse, StatusCode};
///
/// let answer = (StatusCode::ACCEPTED, [("retry-after", "5")], "later").into_response();
/// assert_eq!((answer.status(), &answer.headers()["retry-after"]), (StatusCode::ACCEPTED, &"5".parse().unwrap()));
/// ```
impl<N, V, const K: usize, T> IntoResponse for (StatusCode, [(N, V); K], T)
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
    T: IntoResponse,
{
    const STREAMS: bool = T::STREAMS;

    fn into_response(self) -> Response {
        let status = self.0;
        (self.1, (status, self.2)).into_response()
    }
}

fn add(mut response: Response, headers: &[Option<(HeaderName, HeaderValue)>]) -> Response {
    for (index, header) in headers.iter().enumerate() {
        let Some((name, value)) = header else {
            return refused("a header of a tuple has a name or a value that HTTP does not allow");
        };
        let again = headers[..index].iter().flatten().any(|(earlier, _)| earlier == name);
        // A cookie never takes the place of another.
        if again || *name == SET_COOKIE {
            response.headers_mut().append(name, value.clone());
        } else {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_replaces_the_values_own() {
        let answer = ([("content-type", "text/csv")], "a,b").into_response();
        assert_eq!(answer.headers().get_all("content-type").iter().count(), 1);
    }

    #[test]
    fn a_name_that_stands_twice_is_sent_twice() {
        let answer = ([("set-cookie", "a=1"), ("set-cookie", "b=2")], ()).into_response();
        let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
    }

    #[test]
    fn a_header_that_would_split_the_answer_is_a_500() {
        assert_eq!(([("x-a", "b\r\nc: d")], "").into_response().status(), 500);
        assert_eq!((StatusCode::OK, [("x a", "b")], "").into_response().status(), 500);
    }
}
