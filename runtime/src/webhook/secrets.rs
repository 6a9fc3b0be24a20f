//! The secrets that a signature may be made with, and whether one is.

use core::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

use crate::{secret::Secret, webhook::Refused};

/// The secrets that a signature may be made with: one, or several while an old one is replaced.
///
/// Signatures are HMAC-SHA256 (RFC 2104), compared in constant time, with every secret. Where a header lists several, one
/// that matches is enough: `list.split(',').take(16).any(|one| secrets.verify_hex(parts, one).is_ok())`.
///
/// ```
/// use rutter::{Secret, webhook::Secrets};
///
/// let secrets = Secrets::new(Secret::new("It's a Secret to Everybody")?).or(Secret::new("an older one")?);
/// let signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
/// assert!(secrets.verify_hex(&[b"Hello, ", b"World!"], signature).is_ok());
/// assert!(secrets.verify_hex(&[b"Hello, ", b"world!"], signature).is_err());
/// assert_eq!(format!("{secrets:?}"), "Secrets(2)");
/// # Ok::<(), rutter::Error>(())
/// ```
#[derive(Clone)]
pub struct Secrets(Vec<Secret>);

/// A signature, as far as it can be one.
pub(super) type Signature = Option<[u8; 32]>;

impl Secrets {
    /// One secret.
    pub fn new(secret: Secret) -> Self {
        Secrets(vec![secret])
    }

    /// One more: the old secret, for as long as senders use it.
    pub fn or(mut self, secret: Secret) -> Self {
        self.0.push(secret);
        self
    }

    /// Whether this is the signature of the parts, one after the other, in hexadecimal digits.
    ///
    /// # Errors
    /// [`Refused::Mismatch`] when it is not, whatever it is.
    pub fn verify_hex(&self, parts: &[&[u8]], signature: &str) -> Result<(), Refused> {
        self.verify_any(parts, [hex(signature)])
    }

    /// Whether this is the signature of the parts, one after the other, in base64 (RFC 4648 §4).
    ///
    /// # Errors
    /// [`Refused::Mismatch`] when it is not, whatever it is.
    pub fn verify_base64(&self, parts: &[&[u8]], signature: &str) -> Result<(), Refused> {
        self.verify_any(parts, [base64(signature)])
    }

    /// Whether one of the signatures is, of which so many are tried that a long list costs no more than a short one.
    pub(super) fn verify_any(
        &self,
        parts: &[&[u8]],
        signatures: impl IntoIterator<Item = Signature>,
    ) -> Result<(), Refused> {
        let signatures: Vec<[u8; 32]> = signatures.into_iter().take(MOST).flatten().collect();
        if signatures.is_empty() {
            return Err(Refused::Mismatch);
        }
        let mut matches = Choice::from(0);
        for secret in &self.0 {
            let expected = signature(secret, parts);
            for signature in &signatures {
                matches |= expected.ct_eq(signature);
            }
        }
        if bool::from(matches) { Ok(()) } else { Err(Refused::Mismatch) }
    }
}

/// Only how many they are.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

/// How many signatures of a header are tried: senders send one a secret, and rotate one or two.
pub(super) const MOST: usize = 16;

pub(super) fn signature(secret: &Secret, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Sixty-four hexadecimal digits, small or large.
pub(super) fn hex(text: &str) -> Signature {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok().map(|()| bytes)
}

/// Forty-four letters with their padding; no bit of the last one is left over.
pub(super) fn base64(text: &str) -> Signature {
    let mut bytes = [0; 33];
    if text.len() != 44 {
        return None;
    }
    let len = STANDARD.decode_slice(text, &mut bytes).ok()?;
    bytes.get(..len)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        Secrets(texts.iter().map(|text| Secret::new(*text).expect("not empty")).collect())
    }

    /// RFC 4231 §4.3.
    const JEFE: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn a_signature_is_hmac_sha256() {
        let parts: &[&[u8]] = &[b"what do ya want ", b"for nothing?"];
        assert_eq!(secrets(&["Jefe"]).verify_hex(parts, JEFE), Ok(()));
        assert_eq!(secrets(&["Jefe"]).verify_hex(parts, &JEFE.to_uppercase()), Ok(()));
        let base64 = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        assert_eq!(secrets(&["Jefe"]).verify_base64(parts, base64), Ok(()));
    }

    #[test]
    fn every_secret_is_tried() {
        let parts: &[&[u8]] = &[b"what do ya want for nothing?"];
        for (texts, expected) in [
            (&["Jefe", "new"][..], Ok(())),
            (&["new", "Jefe"], Ok(())),
            (&["new", "newer"], Err(Refused::Mismatch)),
            (&["jefe"], Err(Refused::Mismatch)),
            (&["Jefe "], Err(Refused::Mismatch)),
        ] {
            assert_eq!(secrets(texts).verify_hex(parts, JEFE), expected, "{texts:?}");
        }
    }

    #[test]
    fn hexadecimal_digits_are_sixty_four() {
        assert!(hex(JEFE).is_some());
        for wrong in ["", " ", "5bdc", &JEFE[1..], &JEFE[..63], &format!("{JEFE}0"), &format!("{JEFE}00")] {
            assert_eq!(hex(wrong), None, "{wrong}");
        }
        for wrong in ["g", " ", "é", "\0", "+", "-", "_"] {
            assert_eq!(hex(&format!("{}{wrong}", &JEFE[..64 - wrong.len()])), None, "{wrong:?}");
        }
    }

    #[test]
    fn base64_has_one_form() {
        let whole = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        assert!(base64(whole).is_some());
        for wrong in [
            "",
            "=",
            "W9zB",
            // Without padding, with more of it, with a bit left over, of the other alphabet, with a blank.
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOE==",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEN=",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOE-=",
            " 9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEMA",
        ] {
            assert_eq!(base64(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn so_many_signatures_are_tried_and_no_more() {
        let parts: &[&[u8]] = &[b"what do ya want for nothing?"];
        let before = |count| core::iter::repeat_n(None, count).chain([hex(JEFE)]);
        assert_eq!(secrets(&["Jefe"]).verify_any(parts, before(MOST - 1)), Ok(()));
        assert_eq!(secrets(&["Jefe"]).verify_any(parts, before(MOST)), Err(Refused::Mismatch));
        assert_eq!(secrets(&["Jefe"]).verify_any(parts, []), Err(Refused::Mismatch));
    }
}
