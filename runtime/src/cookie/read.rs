//! The cookies of a request.

use core::{convert::Infallible, fmt};
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::{
    body::BodySlot,
    cookie::{CookieKeys, PrivateCookies, SignedCookies, pairs::Pairs},
    extract::{FromHead, FromRequest, RequestHead},
    reads::Reads,
};

/// The cookies of a request: an extractor.
///
/// A browser lets its user change any of them, and a neighbouring subdomain add some. What must be this application's
/// own is read by [`SignedCookies`] or [`PrivateCookies`]. The [manual](crate::cookie) says how they are read.
///
/// ```
/// use rutter::Cookies;
///
/// fn greet(cookies: Cookies) -> String {
///     format!("in {}", cookies.get("theme").unwrap_or("light"))
/// }
/// assert_eq!(greet(Cookies::parse("theme=dark; lang=fr")), "in dark");
/// ```
#[derive(Clone, Default)]
pub struct Cookies(Arc<Pairs>);

impl Cookies {
    /// The cookies that a line of the header `Cookie` has: what a test gives to a handler.
    ///
    /// ```
    /// assert_eq!(rutter::Cookies::parse("a=1; b=caf%C3%A9").get("b"), Some("café"));
    /// ```
    pub fn parse(line: &str) -> Self {
        Cookies(Arc::new(Pairs::parse([line.as_bytes()].into_iter())))
    }

    /// The value of the cookie with this name; of several the first, whose path is the longest.
    ///
    /// ```
    /// let cookies = rutter::Cookies::parse("a=1; a=2");
    /// assert_eq!((cookies.get("a"), cookies.get("A")), (Some("1"), None));
    /// ```
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.named(name).next()
    }

    /// The values of all cookies with this name.
    ///
    /// ```
    /// let cookies = rutter::Cookies::parse("a=1; b=2; a=3");
    /// assert_eq!(cookies.get_all("a").collect::<Vec<_>>(), ["1", "3"]);
    /// ```
    pub fn get_all<'c>(&'c self, name: &str) -> impl Iterator<Item = &'c str> {
        self.0.named(name)
    }

    /// Names and values, in the order in which they were sent.
    ///
    /// ```
    /// let cookies = rutter::Cookies::parse("a=1; b=2");
    /// assert_eq!(cookies.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter()
    }

    /// Those that were signed with these keys.
    ///
    /// ```
    /// # use rutter::{Cookie, CookieKeys, Cookies, Secret};
    /// # let keys = CookieKeys::new(Secret::new("x".repeat(32))?)?;
    /// assert_eq!(Cookies::parse("session=ada").signed(&keys).get("session"), None);
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn signed(&self, keys: &CookieKeys) -> SignedCookies {
        SignedCookies::new(self.clone(), keys.clone())
    }

    /// Those that were sealed with these keys.
    ///
    /// ```
    /// # use rutter::{Cookie, CookieKeys, Cookies, Secret};
    /// # let keys = CookieKeys::new(Secret::new("x".repeat(32))?)?;
    /// assert_eq!(Cookies::parse("cart=7").private(&keys).get("cart"), None);
    /// # Ok::<(), rutter::Error>(())
    /// ```
    pub fn private(&self, keys: &CookieKeys) -> PrivateCookies {
        PrivateCookies::new(self.clone(), keys.clone())
    }

    pub(super) fn of(headers: &HeaderMap) -> Self {
        Cookies(Arc::new(Pairs::parse(headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes))))
    }
}

impl FromRequest for Cookies {
    const READS: Reads = Reads::COOKIES;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        Ok(Cookies::of(head.headers()))
    }
}

/// For structs that borrow.
impl FromHead<'_> for Cookies {
    const READS: Reads = Reads::COOKIES;
    type Rejection = Infallible;

    fn from_head(head: &RequestHead) -> Result<Self, Infallible> {
        Ok(Cookies::of(head.headers()))
    }
}

impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cookies")?;
        // Values are left out: they open doors.
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
