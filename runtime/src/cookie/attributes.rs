//! A cookie for an answer: its name, its value and what browsers are told of it.

use core::{fmt, time::Duration};
use std::{
    borrow::Cow,
    time::{SystemTime, UNIX_EPOCH},
};

use cookie::{
    SameSite,
    time::{self, OffsetDateTime},
};

/// A cookie for an answer, for [`SetCookie::cookie`](crate::SetCookie::cookie).
///
/// What is not said is `HttpOnly; SameSite=Lax; Path=/; Secure`, and the cookie ends with the browser's session. The
/// [manual](crate::cookie) has the rules; they are checked when the answer is made.
///
/// It is written by the `cookie` crate.
///
/// ```
/// use core::time::Duration;
/// use rutter::prelude::*;
///
/// let theme = Cookie::new("theme", "dark & blue").max_age(Duration::from_secs(3600)).same_site(SameSite::Strict);
/// let answer = NoContent.cookie(theme).into_response();
/// assert_eq!(
///     answer.headers()["set-cookie"],
///     "theme=dark%20%26%20blue; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=3600",
/// );
/// ```
#[derive(Clone, PartialEq)]
#[must_use = "a cookie is sent only with an answer"]
pub struct Cookie(pub(super) cookie::Cookie<'static>);

impl Cookie {
    /// A cookie with this name and value. The name has to be a token, such as `session` or `__Host-id`; the value may be
    /// any text.
    pub fn new(name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        Cookie(cookie::Cookie::new(name, value))
    }

    /// The name.
    ///
    /// ```
    /// assert_eq!(rutter::Cookie::new("theme", "dark").name(), "theme");
    /// ```
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The value, without escapes.
    ///
    /// ```
    /// assert_eq!(rutter::Cookie::new("theme", "dark blue").value(), "dark blue");
    /// ```
    pub fn value(&self) -> &str {
        self.0.value()
    }

    /// Sends it only for this path and what lies below: `/` by default.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// let answer = NoContent.cookie(Cookie::new("draft", "7").path("/posts")).into_response();
    /// assert_eq!(answer.headers()["set-cookie"], "draft=7; HttpOnly; SameSite=Lax; Secure; Path=/posts");
    /// ```
    pub fn path(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.0.set_path(path);
        self
    }

    /// Sends it to this domain and every one below, and not only to the host that has set it.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// let answer = NoContent.cookie(Cookie::new("a", "b").domain("shop.example")).into_response();
    /// assert_eq!(
    ///     answer.headers()["set-cookie"],
    ///     "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=shop.example",
    /// );
    /// ```
    pub fn domain(mut self, domain: impl Into<Cow<'static, str>>) -> Self {
        self.0.set_domain(domain);
        self
    }

    /// How long it is kept, in seconds; a part of one counts as one. It wins over [`expires`](Cookie::expires). Browsers
    /// keep none for longer than 400 days.
    ///
    /// ```
    /// use core::time::Duration;
    ///
    /// let week = rutter::Cookie::new("a", "b").max_age(Duration::from_secs(7 * 24 * 3600));
    /// ```
    pub fn max_age(mut self, age: Duration) -> Self {
        // Rounded down, half a second would be none at all, which removes a cookie.
        let seconds = age.as_secs().saturating_add(u64::from(age.subsec_nanos() > 0));
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        self.0.set_max_age(time::Duration::seconds(seconds));
        self
    }

    /// When it ends, to the second.
    ///
    /// ```
    /// use core::time::Duration;
    /// use rutter::prelude::*;
    /// use std::time::UNIX_EPOCH;
    ///
    /// let cookie = Cookie::new("a", "b").expires(UNIX_EPOCH + Duration::from_secs(2_000_000_000));
    /// let answer = NoContent.cookie(cookie).into_response();
    /// let line = answer.headers()["set-cookie"].to_str().unwrap();
    /// assert!(line.ends_with("; Expires=Wed, 18 May 2033 03:33:20 GMT"));
    /// ```
    pub fn expires(mut self, at: SystemTime) -> Self {
        // What lies before is over, and after the year 9999 no date can be written.
        let seconds = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let seconds = i64::try_from(seconds).unwrap_or(LATEST).min(LATEST);
        self.0.set_expires(OffsetDateTime::from_unix_timestamp(seconds).ok());
        self
    }

    /// Whether it is hidden from scripts, as it is by default.
    ///
    /// ```
    /// let read_by_scripts = rutter::Cookie::new("theme", "dark").http_only(false);
    /// ```
    pub fn http_only(mut self, yes: bool) -> Self {
        self.0.set_http_only(yes);
        self
    }

    /// Whether it is sent over https only, as it is by default, but for `http://localhost`.
    ///
    /// ```
    /// let also_on_localhost = rutter::Cookie::new("theme", "dark").secure(true);
    /// ```
    pub fn secure(mut self, yes: bool) -> Self {
        self.0.set_secure(yes);
        self
    }

    /// Which requests from other sites have it: by default those that follow a link ([`SameSite::Lax`]).
    ///
    /// ```
    /// use rutter::SameSite;
    ///
    /// let embedded = rutter::Cookie::new("widget", "7").same_site(SameSite::None);
    /// ```
    pub fn same_site(mut self, same_site: SameSite) -> Self {
        self.0.set_same_site(same_site);
        self
    }

    /// Keeps it apart for each site that embeds this one (CHIPS).
    ///
    /// ```
    /// use rutter::SameSite;
    ///
    /// let embedded = rutter::Cookie::new("widget", "7").same_site(SameSite::None).partitioned();
    /// ```
    pub fn partitioned(mut self) -> Self {
        self.0.set_partitioned(true);
        self
    }

    /// The same with another value.
    pub(super) fn valued(mut self, value: String) -> Self {
        self.0.set_value(value);
        self
    }

    /// The same, as what makes a browser forget it.
    pub(super) fn removed(self) -> Self {
        self.valued(String::new()).max_age(Duration::ZERO).expires(UNIX_EPOCH)
    }
}

/// The cookie of this name, without a value: for [`SetCookie::remove_cookie`](crate::SetCookie::remove_cookie).
impl From<&'static str> for Cookie {
    fn from(name: &'static str) -> Self {
        Cookie::new(name, "")
    }
}

/// The cookie of this name, without a value: for [`SetCookie::remove_cookie`](crate::SetCookie::remove_cookie).
impl From<String> for Cookie {
    fn from(name: String) -> Self {
        Cookie::new(name, "")
    }
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are left out: they open doors.
        write!(f, "Cookie({:?})", self.name())
    }
}

/// The last second of the year 9999.
const LATEST: i64 = 253_402_300_799;
