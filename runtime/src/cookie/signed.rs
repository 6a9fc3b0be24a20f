//! The cookies of a request that this application has signed.

use crate::cookie::{CookieKeys, Cookies, extractor::keyed};

/// The cookies of a request that were signed with [`CookieKeys::sign`]: an extractor.
///
/// The application does not start without [`CookieKeys`] in its state. What is forged, was moved to another name, or was
/// signed with a key that is no longer known, is not there.
///
/// ```
/// use rutter::{Secret, prelude::*};
///
/// fn who(session: SignedCookies) -> Result<String, Problem> {
///     let user = session.get("session").ok_or_else(|| Problem::unauthorized("sign in first"))?;
///     Ok(format!("hello, {user}"))
/// }
///
/// let keys = CookieKeys::new(Secret::new("a secret of no fewer than 32 bytes")?)?;
/// let session = keys.sign(Cookie::new("session", "ada"));
/// let cookies = Cookies::parse(&format!("session={}", session.value()));
/// assert_eq!(who(cookies.signed(&keys)).unwrap(), "hello, ada");
/// assert!(who(Cookies::parse("session=ada").signed(&keys)).is_err());
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Clone)]
pub struct SignedCookies {
    cookies: Cookies,
    keys: CookieKeys,
}

impl SignedCookies {
    pub(super) fn new(cookies: Cookies, keys: CookieKeys) -> Self {
        SignedCookies { cookies, keys }
    }

    /// The value of the cookie with this name. A neighbouring subdomain can put forged ones before it: they are passed
    /// over. Of one name the first sixteen cookies are looked at, and no more.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.cookies.get_all(name).take(MOST).find_map(|value| self.keys.verify(name, value))
    }

    /// The keys, to sign a cookie for the answer.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// fn visit(visits: SignedCookies) -> impl IntoResponse {
    ///     let count = visits.get("visits").and_then(|count| count.parse().ok()).unwrap_or(0_u32) + 1;
    ///     format!("visit {count}").cookie(visits.keys().sign(Cookie::new("visits", count.to_string())))
    /// }
    /// ```
    pub fn keys(&self) -> &CookieKeys {
        &self.keys
    }
}

keyed!(SignedCookies, signed);

/// So many of one name are looked at: a signature takes longer to check than to send.
pub(super) const MOST: usize = 16;
