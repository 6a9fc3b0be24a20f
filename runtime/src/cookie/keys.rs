//! The keys that cookies are signed and sealed with.

use core::fmt;
use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    cookie::Cookie,
    error::{Error, Result},
    secret::Secret,
};

/// The keys that cookies are signed and sealed with, the newest first: a value for [`Routes::state`](crate::Routes::state).
///
/// A *signed* cookie is `value.signature`: whoever has it can read it, and only the application can make it. The signature
/// is the HMAC-SHA-256 of name and value, each behind its length in eight bytes, in base64 for URLs; so it is worth nothing
/// under another name. A *sealed* cookie is encrypted by the `cookie` crate (AES-256-GCM, bound to the name): nobody else
/// can read it. Both are made with keys of their own, which are derived from the secret.
///
/// ```
/// use rutter::{Cookie, CookieKeys, Cookies, Secret};
///
/// let keys = CookieKeys::new(Secret::new("a secret of no fewer than 32 bytes")?)?;
/// let session = keys.sign(Cookie::new("session", "ada"));
/// assert!(session.value().starts_with("ada."));
///
/// let cookies = Cookies::parse(&format!("session={}", session.value())).signed(&keys);
/// assert_eq!(cookies.get("session"), Some("ada"));
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// Neither says when it was made: whoever has stolen one can send it for ever. Put a time or the number of a session into
/// the value where that matters.
#[derive(Clone)]
pub struct CookieKeys(Arc<Vec<Key>>);

#[derive(Clone)]
struct Key {
    signing: Hmac<Sha256>,
    sealing: cookie::Key,
}

impl CookieKeys {
    /// Keys from a secret of 32 bytes or more, such as `openssl rand -base64 48` makes.
    ///
    /// ```
    /// use rutter::{CookieKeys, Secret};
    ///
    /// let error = CookieKeys::new(Secret::new("too short")?).unwrap_err();
    /// assert!(error.to_string().contains("openssl rand"));
    /// # Ok::<(), rutter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the secret is shorter.
    #[allow(clippy::needless_pass_by_value)] // Nobody needs the secret afterwards.
    pub fn new(secret: Secret) -> Result<Self> {
        Ok(CookieKeys(Arc::new(vec![Key::new(&secret)?])))
    }

    /// Reads what was signed or sealed with an older secret as well; new cookies are made with the first.
    ///
    /// ```
    /// use rutter::{Cookie, CookieKeys, Cookies, Secret};
    ///
    /// let [old, new] = ["the secret of the last year, in the evening", "the secret of this year, in the morning"];
    /// let before = CookieKeys::new(Secret::new(old)?)?;
    /// let keys = CookieKeys::new(Secret::new(new)?)?.or(Secret::new(old)?)?;
    ///
    /// let session = before.sign(Cookie::new("session", "ada"));
    /// let cookies = Cookies::parse(&format!("session={}", session.value()));
    /// assert_eq!(cookies.signed(&keys).get("session"), Some("ada"));
    /// # Ok::<(), rutter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the secret is shorter than 32 bytes.
    #[allow(clippy::needless_pass_by_value)] // Nobody needs the secret afterwards.
    pub fn or(self, old: Secret) -> Result<Self> {
        let mut keys = Arc::unwrap_or_clone(self.0);
        keys.push(Key::new(&old)?);
        Ok(CookieKeys(Arc::new(keys)))
    }

    /// The same cookie, signed: [`SignedCookies`](crate::SignedCookies) reads it.
    ///
    /// ```
    /// # use rutter::{CookieKeys, Secret};
    /// use rutter::prelude::*;
    ///
    /// fn sign_in(keys: State<CookieKeys>) -> impl IntoResponse {
    ///     NoContent.cookie(keys.sign(Cookie::new("session", "ada")))
    /// }
    /// ```
    pub fn sign(&self, cookie: Cookie) -> Cookie {
        let tag = self.newest().mac(cookie.name(), cookie.value()).finalize().into_bytes();
        let value = format!("{}.{}", cookie.value(), URL_SAFE_NO_PAD.encode(tag));
        cookie.valued(value)
    }

    /// The same cookie, encrypted: [`PrivateCookies`](crate::PrivateCookies) reads it.
    ///
    /// ```
    /// use rutter::prelude::*;
    ///
    /// fn remember(keys: State<CookieKeys>) -> impl IntoResponse {
    ///     NoContent.cookie(keys.seal(Cookie::new("address", "7 Chart Street")))
    /// }
    /// ```
    ///
    /// # Panics
    /// When the operating system has no random numbers.
    pub fn seal(&self, cookie: Cookie) -> Cookie {
        let mut jar = cookie::CookieJar::new();
        let plain = cookie::Cookie::new(cookie.name().to_owned(), cookie.value().to_owned());
        jar.private_mut(&self.newest().sealing).add(plain);
        let sealed = jar.get(cookie.name()).map(|sealed| sealed.value().to_owned());
        cookie.valued(sealed.expect("it was put there"))
    }

    /// The value that was signed under this name.
    pub(super) fn verify<'v>(&self, name: &str, signed: &'v str) -> Option<&'v str> {
        let (value, tag) = signed.rsplit_once('.')?;
        let mut bytes = [0; 32];
        // 32 bytes are 43 letters: whatever has another length costs nothing.
        if tag.len() != 43 || URL_SAFE_NO_PAD.decode_slice(tag, &mut bytes) != Ok(bytes.len()) {
            return None;
        }
        let is_ours = |key: &Key| key.mac(name, value).verify_slice(&bytes).is_ok();
        self.0.iter().any(is_ours).then_some(value)
    }

    /// The value that was sealed under this name.
    pub(super) fn open(&self, name: &str, sealed: &str) -> Option<String> {
        let jar = cookie::CookieJar::new();
        let opened =
            |key: &Key| jar.private(&key.sealing).decrypt(cookie::Cookie::new(name.to_owned(), sealed.to_owned()));
        self.0.iter().find_map(opened).map(|cookie| cookie.value().to_owned())
    }

    fn newest(&self) -> &Key {
        self.0.first().expect("there is one from the beginning")
    }
}

impl Key {
    fn new(secret: &Secret) -> Result<Key> {
        let len = secret.expose().len();
        if len < SHORTEST {
            return Err(Error::new(format!(
                "a secret for cookies has {len} bytes, which can be guessed: make one of {SHORTEST} or more with \
                 `openssl rand -base64 48`"
            )));
        }
        let key_for = |purpose: &str| {
            let mac = keyed(secret.expose()).chain_update(purpose);
            Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()))
        };
        let (signing, sealing) = (key_for("rutter signed cookie v1"), key_for("rutter private cookie v1"));
        Ok(Key { signing: keyed(&*signing), sealing: cookie::Key::derive_from(&*sealing) })
    }

    /// Each part behind its length: `ab` and `c` are not `a` and `bc`.
    fn mac(&self, name: &str, value: &str) -> Hmac<Sha256> {
        [name, value].into_iter().fold(self.signing.clone(), |mac, part| {
            mac.chain_update((part.len() as u64).to_be_bytes()).chain_update(part)
        })
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("a key may have any length")
}

impl fmt::Debug for CookieKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CookieKeys(…)")
    }
}

/// 256 bits, as many as the keys have that are made from it.
const SHORTEST: usize = 32;
