//! The cookies of a request that nobody but this application can read.

use core::fmt;

use crate::{
    body::BodySlot,
    cookie::{CookieKeys, Cookies, signed::MOST},
    extract::{FromHead, FromRequest, RequestHead, State},
    reads::Reads,
    response::Problem,
    state::Requirements,
};

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

impl FromRequest for PrivateCookies {
    const READS: Reads = Reads::COOKIES;
    const READY: bool = true;
    type Rejection = Problem;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
        PrivateCookies::from_head(head)
    }

    fn requires(requirements: &mut Requirements) {
        requirements.state::<CookieKeys>();
    }

    fn is_absent(_: &Problem) -> bool {
        false
    }
}

/// For structs that borrow.
impl FromHead<'_> for PrivateCookies {
    const READS: Reads = Reads::COOKIES;
    type Rejection = Problem;

    fn from_head(head: &RequestHead) -> Result<Self, Problem> {
        let keys = State::<CookieKeys>::from_head(head)?;
        Ok(Cookies::of(head.headers()).private(&keys))
    }

    fn requires(requirements: &mut Requirements) {
        requirements.state::<CookieKeys>();
    }

    fn is_absent(_: &Problem) -> bool {
        false
    }
}

impl fmt::Debug for PrivateCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PrivateCookies").field(&self.cookies).finish()
    }
}
