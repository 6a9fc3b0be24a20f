//! An origin as browsers send it, and nothing that only looks like one.

use core::fmt;

use crate::cors::parts::Parts;

/// Where a page comes from: scheme, host and port, as a browser writes them into `Origin`.
///
/// It is written in one way only (Fetch standard, "serializing an origin"): in small letters, with the port only where it
/// is not that of the scheme, without a path. A name outside of ASCII is written with `xn--`, an address in its shortest
/// form. Everything else is no origin: the opaque `null`, lists, users, dots at an end, escapes.
///
/// ```
/// use rutter::Origin;
///
/// let origin = Origin::parse("https://app.example.com:8443")?;
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "app.example.com", Some(8443)));
///
/// let error = Origin::parse("https://app.example.com/").unwrap_err();
/// assert_eq!(error.to_string(), "`https://app.example.com/` has a path: write `https://app.example.com`");
/// # Ok::<(), rutter::CorsError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin<'a> {
    text: &'a str,
    parts: Parts,
}

impl<'a> Origin<'a> {
    /// Reads an origin.
    ///
    /// # Errors
    /// When it is written in any other way than a browser writes it; the error says what to write.
    pub fn parse(text: &'a str) -> Result<Self, CorsError> {
        match Parts::of(text.as_bytes()) {
            Ok(parts) => Ok(Origin { text, parts }),
            Err(fault) => Err(CorsError(fault.pieces(text).concat())),
        }
    }

    /// Reads the value of `Origin`.
    pub(super) fn sent(value: &'a [u8]) -> Option<Self> {
        let parts = Parts::of(value).ok()?;
        Some(Origin { text: core::str::from_utf8(value).ok()?, parts })
    }

    /// The scheme: `https`.
    ///
    /// ```
    /// # use rutter::Origin;
    /// assert_eq!(Origin::parse("tauri://localhost")?.scheme(), "tauri");
    /// # Ok::<(), rutter::CorsError>(())
    /// ```
    pub fn scheme(&self) -> &'a str {
        &self.text[..self.parts.scheme]
    }

    /// The host: a name, or an address, which has brackets where it is one of IPv6.
    ///
    /// ```
    /// # use rutter::Origin;
    /// assert_eq!(Origin::parse("http://[::1]:3000")?.host(), "[::1]");
    /// # Ok::<(), rutter::CorsError>(())
    /// ```
    pub fn host(&self) -> &'a str {
        &self.text[self.parts.scheme + 3..self.parts.host]
    }

    /// The port, where it is not that of the scheme.
    ///
    /// ```
    /// # use rutter::Origin;
    /// assert_eq!(Origin::parse("https://example.com")?.port(), None);
    /// # Ok::<(), rutter::CorsError>(())
    /// ```
    pub fn port(&self) -> Option<u16> {
        self.parts.port
    }

    /// The whole, as it was sent.
    ///
    /// ```
    /// # use rutter::Origin;
    /// assert_eq!(Origin::parse("http://localhost:5173")?.as_str(), "http://localhost:5173");
    /// # Ok::<(), rutter::CorsError>(())
    /// ```
    pub fn as_str(&self) -> &'a str {
        self.text
    }
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Debug for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.text)
    }
}

/// Why a text names no origin, and what to write.
///
/// ```
/// use rutter::Cors;
///
/// let error = Cors::parse("https://a.example, b.example").unwrap_err();
/// assert_eq!(error.to_string(), "`b.example` has no scheme: write `https://b.example`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorsError(pub(super) String);

impl fmt::Display for CorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CorsError {}

#[cfg(test)]
mod tests;
