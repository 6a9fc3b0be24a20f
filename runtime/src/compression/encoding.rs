//! The content codings that there are.

use core::fmt;

use http::HeaderValue;

/// A content coding (RFC 9110 §8.4.1).
///
/// ```
/// use rutter::compression::Encoding;
///
/// assert_eq!(Encoding::Brotli.to_string(), "br");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// `br` (RFC 7932): the smallest of the three.
    Brotli,
    /// `zstd` (RFC 8878): nearly as small, and faster.
    Zstd,
    /// `gzip` (RFC 1952): everyone knows it.
    Gzip,
}

impl Encoding {
    pub(crate) const ALL: [Encoding; 3] = [Encoding::Brotli, Encoding::Zstd, Encoding::Gzip];

    /// Its name in `Content-Encoding`.
    pub(super) const fn token(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Zstd => "zstd",
            Encoding::Gzip => "gzip",
        }
    }

    pub(super) const fn value(self) -> HeaderValue {
        HeaderValue::from_static(self.token())
    }

    /// Whether a client means it by this name; case does not matter (RFC 9110 §8.4.1).
    pub(super) fn is_named(self, name: &[u8]) -> bool {
        // RFC 9110 §8.4.1.3: `x-gzip` is the same.
        name.eq_ignore_ascii_case(self.token().as_bytes())
            || (self == Encoding::Gzip && name.eq_ignore_ascii_case(b"x-gzip"))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.token())
    }
}
