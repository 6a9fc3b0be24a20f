//! Answers that send the client elsewhere, and targets that may be trusted.

use std::borrow::Cow;

use http::{HeaderValue, StatusCode, header::LOCATION};

use crate::{
    body::Body,
    percent::unescape,
    response::{IntoResponse, Response, location::location, reply::refused},
};

/// An answer that sends the client elsewhere.
///
/// | | status | the client asks again with |
/// | --- | --- | --- |
/// | [`Redirect::to`] | 307 | the same method and body |
/// | [`Redirect::permanent`] | 308 | the same method and body, from now on at once |
/// | [`Redirect::see_other`] | 303 | GET: what follows a form |
/// | [`Redirect::local`] | 303 | GET, and only on this site |
///
/// Characters that no URI may hold are percent-encoded. With a control character the answer is
/// a 500: it would split the answer, so it is never sent.
///
/// ```
/// use rutter::{IntoResponse, Redirect};
///
/// let answer = Redirect::to("/login").into_response();
/// assert_eq!(answer.status(), 307);
/// assert_eq!(answer.headers()["location"], "/login");
/// ```
#[derive(Debug, Clone)]
#[must_use = "an answer is sent only when the handler returns it"]
pub struct Redirect {
    status: StatusCode,
    location: Option<HeaderValue>,
}

impl Redirect {
    /// A 307: for now it is there, ask again with the same method and body.
    ///
    /// ```
    /// use rutter::{IntoResponse, Redirect};
    ///
    /// assert_eq!(Redirect::to("/maintenance").into_response().status(), 307);
    /// ```
    pub fn to<'l>(target: impl Into<Cow<'l, str>>) -> Self {
        Redirect::with(StatusCode::TEMPORARY_REDIRECT, target.into())
    }

    /// A 308: it is there from now on, ask again with the same method and body.
    ///
    /// ```
    /// use rutter::{IntoResponse, Redirect};
    ///
    /// assert_eq!(Redirect::permanent("https://example.com/").into_response().status(), 308);
    /// ```
    pub fn permanent<'l>(target: impl Into<Cow<'l, str>>) -> Self {
        Redirect::with(StatusCode::PERMANENT_REDIRECT, target.into())
    }

    /// A 303: it is done, look there. The client follows with GET.
    ///
    /// ```
    /// use rutter::{IntoResponse, Redirect};
    ///
    /// assert_eq!(Redirect::see_other("/orders/7").into_response().status(), 303);
    /// ```
    pub fn see_other<'l>(target: impl Into<Cow<'l, str>>) -> Self {
        Redirect::with(StatusCode::SEE_OTHER, target.into())
    }

    /// A 303 to a target that comes from outside, such as `?next=…` after a login; to `fallback`
    /// unless the target [is a path on this site](Redirect::is_local).
    ///
    /// ```
    /// use rutter::{IntoResponse, Redirect};
    ///
    /// let answer = Redirect::local("/cart?step=2", "/").into_response();
    /// assert_eq!(answer.headers()["location"], "/cart?step=2");
    ///
    /// let answer = Redirect::local("//evil.example", "/").into_response();
    /// assert_eq!(answer.headers()["location"], "/");
    /// ```
    pub fn local(target: &str, fallback: &'static str) -> Self {
        Redirect::see_other(if Redirect::is_local(target) { target } else { fallback })
    }

    /// Whether a target is a path on this site, whoever wrote it.
    ///
    /// Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks before
    /// they look. What only looks like that once its escapes are resolved is refused too: something
    /// in between may resolve them.
    ///
    /// ```
    /// use rutter::Redirect;
    ///
    /// assert!(Redirect::is_local("/orders?page=2#last"));
    /// assert!(!Redirect::is_local("https://evil.example"));
    /// assert!(!Redirect::is_local("/\t/evil.example"));
    /// ```
    pub fn is_local(target: &str) -> bool {
        if target.contains(char::is_control) || target.contains('\\') {
            return false;
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let mut bytes = unescape(path.as_bytes());
        path.starts_with('/')
            && bytes.next() == Some(b'/')
            && bytes.clone().next() != Some(b'/')
            && bytes.all(|byte| byte != b'\\' && !byte.is_ascii_control())
    }

    fn with(status: StatusCode, target: Cow<'_, str>) -> Self {
        Redirect { status, location: location(target) }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let Some(location) = self.location else {
            return refused("the target of a redirect has a control character, which would split the answer");
        };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        response.headers_mut().insert(LOCATION, location);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_on_this_site_are_local() {
        for target in [
            "/",
            "/cart",
            "/cart/",
            "/a//b",
            "/a%20b",
            "/café",
            "/search?q=a%0Ab",
            "/search?next=//evil.example",
            "/search?next=https://evil.example",
            "/#//evil.example",
            "/100%",
            "/.well-known",
            "/@evil.example",
            "/evil.example",
        ] {
            assert!(Redirect::is_local(target), "{target:?}");
        }
    }

    #[test]
    fn what_a_browser_may_take_for_another_site_is_not_local() {
        for target in [
            "",
            " ",
            "cart",
            "./cart",
            "?next=/",
            "#top",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/a\\b",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r/evil.example",
            "/\0/evil.example",
            "/a\r\nset-cookie: b=c",
            "\t//evil.example",
            " //evil.example",
            " /cart",
            "/%09/evil.example",
            "/%0A/evil.example",
            "/%0d%0aset-cookie:%20b=c",
            "/%2Fevil.example",
            "/%2fevil.example",
            "/%5Cevil.example",
            "/%5c/evil.example",
            "%2F%2Fevil.example",
            "https://evil.example",
            "https:evil.example",
            "https:/evil.example",
            "HTTPS:\\\\evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "evil.example",
            "@evil.example",
            "\u{feff}//evil.example",
            "/\u{85}/evil.example",
        ] {
            assert!(!Redirect::is_local(target), "{target:?}");
        }
    }

    #[test]
    fn a_target_that_would_split_the_answer_is_a_500() {
        assert_eq!(Redirect::to("/a\r\nset-cookie: b=c").into_response().status(), 500);
    }

    #[test]
    fn a_backslash_is_sent_as_an_escape() {
        let answer = Redirect::to("/\\evil.example").into_response();
        assert_eq!(answer.headers()[LOCATION], "/%5Cevil.example");
    }
}
