//! Why a delivery is not believed.

use core::{fmt, time::Duration};

/// Why a delivery is not believed. It helps a sender and tells an attacker nothing: whatever is wrong with a signature
/// is one and the same reason.
///
/// ```
/// use rutter::webhook::Refused;
///
/// assert_eq!(Refused::Mismatch.to_string(), "no signature matches the body");
/// assert_eq!(Refused::Missing("x-signature").to_string(), "the header `x-signature` is missing");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// There is no header with this name.
    Missing(&'static str),
    /// The header with this name is sent more than once.
    Repeated(&'static str),
    /// The header with this name has not the form that its sender documents.
    Unclear(&'static str),
    /// No signature is one of these bytes with a secret that is known.
    Mismatch,
    /// The signature matches, but it was made longer ago, or is from further in the future, than this.
    Untimely(Duration),
}

impl Refused {
    /// The header that is at fault, if it is one.
    pub(super) const fn header(self) -> Option<&'static str> {
        match self {
            Refused::Missing(name) | Refused::Repeated(name) | Refused::Unclear(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Missing(name) => write!(f, "the header `{name}` is missing"),
            Refused::Repeated(name) => write!(f, "the header `{name}` is sent more than once, and is expected once"),
            Refused::Unclear(name) => write!(f, "the header `{name}` is expected in its documented form"),
            Refused::Mismatch => f.write_str("no signature matches the body"),
            Refused::Untimely(tolerance) => {
                let seconds = tolerance.as_secs_f64();
                write!(f, "the time of the signature is more than {seconds} s away from the time here")
            }
        }
    }
}

impl std::error::Error for Refused {}
