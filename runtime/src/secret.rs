//! A secret of the application: a key, a token, a password.

use core::fmt;
use std::{env, ffi::OsString};

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// A secret of the application: the key of a webhook, the token of a service.
///
/// It is never empty, never printed, compared in constant time, and wiped from memory when it is dropped.
///
/// ```
/// use rutter::Secret;
///
/// let secret = Secret::new("whsec_3f1c")?;
/// assert_eq!(format!("{secret:?}"), "Secret(…)");
/// assert_eq!(secret.expose(), b"whsec_3f1c");
/// assert!(Secret::new("").is_err());
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes text or bytes as a secret.
    ///
    /// # Errors
    /// When there are none: everyone knows the empty secret.
    pub fn new(secret: impl Into<Vec<u8>>) -> Result<Self> {
        let bytes = Zeroizing::new(secret.into());
        if bytes.is_empty() {
            return Err(Error::new("a secret is empty"));
        }
        Ok(Secret(bytes))
    }

    /// The secret in an environment variable.
    ///
    /// ```no_run
    /// let secret = rutter::Secret::from_env("STRIPE_WEBHOOK_SECRET")?;
    /// # Ok::<(), rutter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is not set, or is empty; the error names it.
    pub fn from_env(name: &str) -> Result<Self> {
        let unset = || Error::new(format!("`{name}` is not set, and a secret is expected there"));
        Secret::from_env_if_set(name)?.ok_or_else(unset)
    }

    /// The secret in an environment variable that need not be set: the old one, while it is replaced.
    ///
    /// ```no_run
    /// use rutter::{Secret, Stripe};
    ///
    /// let mut stripe = Stripe::new(Secret::from_env("STRIPE_WEBHOOK_SECRET")?);
    /// if let Some(old) = Secret::from_env_if_set("LAST_STRIPE_WEBHOOK_SECRET")? {
    ///     stripe = stripe.or(old);
    /// }
    /// # Ok::<(), rutter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is set and empty; the error names it.
    pub fn from_env_if_set(name: &str) -> Result<Option<Self>> {
        env::var_os(name).map(|value| Secret::of_variable(name, value)).transpose()
    }

    fn of_variable(name: &str, value: OsString) -> Result<Self> {
        if value.is_empty() {
            return Err(Error::new(format!("`{name}` is empty, and a secret is expected there")));
        }
        Secret::new(value.into_encoded_bytes())
    }

    /// The bytes. Whoever takes them sees to it that they go nowhere else.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_empty() {
        assert_eq!(Secret::new("").unwrap_err().to_string(), "a secret is empty");
        let missing = Secret::from_env("RUTTER_NO_SUCH_SECRET").unwrap_err().to_string();
        assert_eq!(missing, "`RUTTER_NO_SUCH_SECRET` is not set, and a secret is expected there");
    }

    #[test]
    fn a_secret_that_need_not_be_set_is_not_empty_either() {
        assert_eq!(Secret::from_env_if_set("RUTTER_NO_SUCH_SECRET").unwrap(), None);
        // Each process of a test has this one.
        assert!(Secret::from_env_if_set("PATH").unwrap().is_some());
        let empty = Secret::of_variable("OLD", OsString::new()).unwrap_err().to_string();
        assert_eq!(empty, "`OLD` is empty, and a secret is expected there");
    }

    #[test]
    fn secrets_are_the_same_when_all_their_bytes_are() {
        let secret = |text: &str| Secret::new(text).unwrap();
        assert_eq!(secret("abc"), secret("abc"));
        assert_ne!(secret("abc"), secret("abd"));
        assert_ne!(secret("abc"), secret("abcd"));
    }
}
