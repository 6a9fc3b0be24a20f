//! The cookies of a request that nobody but this application can read.

use crate::cookie::{CookieKeys, Cookies, extractor::keyed, signed::MOST};

/// The cookies of a request that were encrypted with [`CookieKeys::seal`]: an extractor.
///
/// The application does not start without [`CookieKeys`] in its state. What was changed, moved to another name, or sealed
/// with a key that is no longer known, is not there.
///
/// ```
/// use rutter::{Secret, prelude::*};
///
/// fn address(cookies: PrivateCookies) -> String {
///     cookies.get("address").unwrap_or_else(|| "unknown".to_owned())
/// }
///
/// let keys = CookieKeys::new(Secret::new("a secret of no fewer than 32 bytes")?)?;
/// let sealed = keys.seal(Cookie::new("address", "7 Chart Street"));
/// let cookies = Cookies::parse(&format!("address={}", sealed.value()));
/// assert_eq!(address(cookies.private(&keys)), "7 Chart Street");
/// assert_eq!(address(Cookies::parse("address=x").private(&keys)), "unknown");
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Clone)]
pub struct PrivateCookies {
    cookies: Cookies,
    keys: CookieKeys,
}

impl PrivateCookies {
    pub(super) fn new(cookies: Cookies, keys: CookieKeys) -> Self {
        PrivateCookies { cookies, keys }
    }

    /// The value of the cookie with this name. A neighbouring subdomain can put forged ones before it: they are passed
    /// over.
    pub fn get(&self, name: &str) -> Option<String> {
        self.cookies.get_all(name).take(MOST).find_map(|value| self.keys.open(name, value))
    }

    /// The keys, to seal a cookie for the answer.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// fn add(product: String, cart: PrivateCookies) -> impl IntoResponse {
    ///     let cart_with_it = format!("{} {product}", cart.get("cart").unwrap_or_default());
    ///     NoContent.cookie(cart.keys().seal(Cookie::new("cart", cart_with_it)))
    /// }
    /// ```
    pub fn keys(&self) -> &CookieKeys {
        &self.keys
    }
}

keyed!(PrivateCookies, private);
