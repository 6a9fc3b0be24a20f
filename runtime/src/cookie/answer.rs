//! Cookies of an answer: set, removed, and settled once the request is known.

use http::{
    HeaderValue,
    header::{CACHE_CONTROL, SET_COOKIE},
};

use crate::{
    app::Known,
    body::{Body, Open},
    cookie::{Cookie, loopback::is_own_machine, rules},
    response::{IntoResponse, Reply, Response},
};

/// Sets and removes cookies with an answer: `NoContent.cookie(Cookie::new("theme", "dark"))`.
///
/// Every value that a handler answers with has it.
///
/// ```
/// use rutter::prelude::*;
///
/// #[route(POST, "/theme")]
/// fn theme(name: String) -> impl IntoResponse {
///     Redirect::to("/").cookie(Cookie::new("theme", name).http_only(false))
/// }
/// ```
pub trait SetCookie: IntoResponse + Sized {
    /// The same answer with a cookie. One of the same name, path and domain is replaced, and others stay.
    ///
    /// A cookie that browsers would drop makes the answer a 500, and the log says why.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// let answer = "hello".cookie(Cookie::new("seen", "1")).into_response();
    /// assert_eq!(answer.headers()["set-cookie"], "seen=1; HttpOnly; SameSite=Lax; Secure; Path=/");
    /// assert_eq!(answer.headers()["cache-control"], "no-store");
    /// ```
    fn cookie(self, cookie: Cookie) -> Reply {
        Reply::new(self).cookie(cookie)
    }

    /// The same answer, which makes the browser forget a cookie: `remove_cookie("session")`. One that was set with a path
    /// or a domain is removed with them: `remove_cookie(Cookie::new("draft", "").path("/posts"))`.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// let answer = NoContent.remove_cookie("session").into_response();
    /// assert_eq!(
    ///     answer.headers()["set-cookie"],
    ///     "session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    /// );
    /// ```
    fn remove_cookie(self, cookie: impl Into<Cookie>) -> Reply {
        Reply::new(self).remove_cookie(cookie)
    }
}

impl<T: IntoResponse> SetCookie for T {}

impl Reply {
    /// Sets a cookie: see [`SetCookie::cookie`](crate::SetCookie::cookie).
    ///
    /// ```
    /// use rutter::{Cookie, Reply};
    ///
    /// let reply = Reply::new("hello").cookie(Cookie::new("seen", "1"));
    /// ```
    #[allow(clippy::needless_pass_by_value)] // It reads as an answer does: `.cookie(Cookie::new("a", "b"))`.
    pub fn cookie(self, cookie: Cookie) -> Self {
        self.change(|response| {
            set(response, &cookie, rules::line(&cookie)?);
            Ok(())
        })
    }

    /// Removes a cookie: see [`SetCookie::remove_cookie`](crate::SetCookie::remove_cookie).
    ///
    /// ```
    /// let reply = rutter::Reply::new("bye").remove_cookie("session");
    /// ```
    pub fn remove_cookie(self, cookie: impl Into<Cookie>) -> Self {
        self.cookie(cookie.into().removed())
    }
}

fn set(response: &mut Response, cookie: &Cookie, rules::Line { line, plain }: rules::Line) {
    if response.headers().contains_key(SET_COOKIE) {
        forget(response, cookie);
    }
    let headers = response.headers_mut();
    headers.append(SET_COOKIE, line.clone());
    // RFC 9111 §7.3: a cookie alone keeps no shared cache from storing the answer.
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(plain) = plain {
        unsettle(response, line, plain);
    }
}

/// Notes that a line is another one for a client on this machine.
fn unsettle(response: &mut Response, line: HeaderValue, plain: HeaderValue) {
    if let Some(Unsettled(lines)) = response.extensions_mut().get_mut() {
        return lines.push((line, plain));
    }
    response.extensions_mut().insert(Unsettled(vec![(line, plain)]));
    let body = core::mem::take(response.body_mut());
    *response.body_mut() = Body::open(Unsent(body));
}

/// Takes a cookie of the same name, path and domain away.
#[cold]
fn forget(response: &mut Response, cookie: &Cookie) {
    if let Some(Unsettled(lines)) = response.extensions_mut().get_mut() {
        lines.retain(|(line, _)| !is_of_the_same(line, &cookie.0));
    }
    let headers = response.headers_mut();
    let lines: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    headers.remove(SET_COOKIE);
    for line in lines.into_iter().filter(|line| !is_of_the_same(line, &cookie.0)) {
        headers.append(SET_COOKIE, line);
    }
}

/// RFC 6265 §5.3: what a browser takes for the same cookie.
fn is_of_the_same(line: &HeaderValue, cookie: &cookie::Cookie<'_>) -> bool {
    let Some(told) = line.to_str().ok().and_then(|line| cookie::Cookie::parse(line).ok()) else { return false };
    let domain = |cookie: &cookie::Cookie<'_>| cookie.domain().map(str::to_ascii_lowercase);
    told.name() == cookie.name()
        && told.path() == cookie.path().or(Some("/"))
        && domain(&told) == domain(cookie)
        && told.partitioned() == cookie.partitioned()
}

/// The cookies of an answer that are `Secure` by default: how they are written, and how for a client on this machine.
#[derive(Clone)]
struct Unsettled(Vec<(HeaderValue, HeaderValue)>);

/// The body of an answer with such cookies.
struct Unsent(Body);

impl Open for Unsent {
    fn settle(self: Box<Self>, known: &Known<'_>, answer: &mut Response) {
        *answer.body_mut() = self.0;
        if let Some(Unsettled(unsettled)) = answer.extensions_mut().remove()
            && is_own_machine(known)
        {
            let lines = answer.headers_mut().iter_mut().filter(|(name, _)| **name == SET_COOKIE);
            for (_, line) in lines {
                if let Some((_, plain)) = unsettled.iter().find(|(written, _)| written == line) {
                    line.clone_from(plain);
                }
            }
        }
        // Beneath it may lie a file or events.
        if let Some(open) = answer.body_mut().take_open() {
            open.settle(known, answer);
        }
    }

    fn alone(self: Box<Self>) -> Body {
        self.0
    }

    fn len(&self) -> Option<u64> {
        self.0.len()
    }
}
