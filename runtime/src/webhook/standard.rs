//! Standard Webhooks, which Svix and many others send: `webhook-id`, `webhook-timestamp`, `webhook-signature`.

use core::time::Duration;
use std::borrow::Cow;

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    secret::Secret,
    webhook::{Delivery, Once, Provider, Refused, Secrets, Tolerance, provider::settings, secrets::base64},
};

/// Standard Webhooks, which Svix and many others send, with a secret `whsec_…`.
///
/// `webhook-signature` holds signatures of `id.time.body`, of which sixteen are tried; the id is `webhook-id` and the
/// time `webhook-timestamp`. The names `svix-id`, `svix-timestamp` and `svix-signature` are known, too. Only `v1` is
/// verified, which is HMAC-SHA256: signatures `v1a` (Ed25519) are passed over.
///
/// ```
/// use rutter::{Secret, StandardWebhooks};
///
/// let sender = StandardWebhooks::new(Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?)?;
/// assert!(StandardWebhooks::new(Secret::new("whsec_no base64")?).is_err());
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// [The specification](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
#[derive(Debug, Clone)]
pub struct StandardWebhooks {
    secrets: Secrets,
    tolerance: Tolerance,
    once: Option<Once>,
}

impl StandardWebhooks {
    /// With the secret that is shared with the sender: base64, with or without `whsec_` in front.
    ///
    /// # Errors
    /// When it is no base64, or a key of Ed25519 (`whsk_`, `whpk_`).
    #[allow(clippy::needless_pass_by_value)] // As other providers take it: it is wiped when it is dropped.
    pub fn new(secret: Secret) -> Result<Self> {
        let secrets = Secrets::new(key(&secret)?);
        Ok(StandardWebhooks { secrets, tolerance: Tolerance::default(), once: Some(Once::default()) })
    }

    /// Takes signatures with this secret as well: the old one, while it is replaced.
    ///
    /// # Errors
    /// As for [`StandardWebhooks::new`].
    #[allow(clippy::needless_pass_by_value)]
    pub fn or(mut self, secret: Secret) -> Result<Self> {
        self.secrets = self.secrets.or(key(&secret)?);
        Ok(self)
    }
}

settings!(StandardWebhooks: time);
settings!(StandardWebhooks: once);

impl Provider for StandardWebhooks {
    fn name(&self) -> &'static str {
        "StandardWebhooks"
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        let names = Names::of(delivery);
        let (id, time) = (delivery.header(names.id)?, delivery.header(names.time)?);
        let signatures = delivery.header(names.signature)?.split(' ');
        // With a dot in the id the same bytes could be signed for another id, another time and another body.
        if id.is_empty() || id.contains('.') {
            return Err(Refused::Unclear(names.id));
        }
        let signatures = signatures.filter_map(|signature| signature.strip_prefix("v1,")).map(base64);
        self.secrets.verify_any(&[id.as_bytes(), b".", time.as_bytes(), b".", delivery.body()], signatures)?;
        self.tolerance.check(names.time, time)
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        delivery.header(Names::of(delivery).id).ok().map(Cow::Borrowed)
    }

    fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }

    fn validity(&self) -> Duration {
        self.tolerance.validity()
    }
}

/// The names of the three headers; those of one delivery go together.
struct Names {
    id: &'static str,
    time: &'static str,
    signature: &'static str,
}

impl Names {
    fn of(delivery: &Delivery<'_>) -> &'static Names {
        let names = [&STANDARDS, &SVIX];
        let any = |names: &&&Names| [names.id, names.time, names.signature].iter().any(|name| delivery.has(name));
        names.iter().find(any).copied().unwrap_or(&STANDARDS)
    }
}

static STANDARDS: Names = Names { id: "webhook-id", time: "webhook-timestamp", signature: "webhook-signature" };
static SVIX: Names = Names { id: "svix-id", time: "svix-timestamp", signature: "svix-signature" };

/// The bytes that a secret stands for.
fn key(secret: &Secret) -> Result<Secret> {
    let text = secret.expose();
    if text.starts_with(b"whsk_") || text.starts_with(b"whpk_") {
        return Err(Error::new("this is a key of Ed25519: only secrets `whsec_…` are verified"));
    }
    let text = text.strip_prefix(b"whsec_").unwrap_or(text);
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    // What is wrong would tell of the secret.
    let malformed = |_| Error::new("a secret of Standard Webhooks is `whsec_` and base64, and this one is not");
    BASE64.decode_vec(text, &mut bytes).map_err(malformed)?;
    Secret::new(core::mem::take(&mut *bytes))
}

/// Some dashboards leave the padding out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use super::*;

    fn told(secret: &str) -> Result<StandardWebhooks, String> {
        StandardWebhooks::new(Secret::new(secret).expect("not empty")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_secret_is_base64_behind_its_prefix() {
        for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_YQ==", "YQ"]
        {
            assert!(told(secret).is_ok(), "{secret}");
        }
        for secret in ["whsec_", "whsec_a b", "whsec_MfKQ-_", "whsec_M", "whsec_whsec_YQ=="] {
            let why = told(secret).expect_err(secret);
            assert!(!why.contains("MfKQ"), "{why}");
        }
        for secret in ["whsk_YQ==", "whpk_YQ=="] {
            assert_eq!(
                told(secret).expect_err(secret),
                "this is a key of Ed25519: only secrets `whsec_…` are verified"
            );
        }
    }
}
