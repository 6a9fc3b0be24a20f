//! GitHub: `X-Hub-Signature-256: sha256=…`.

use std::borrow::Cow;

use crate::{
    secret::Secret,
    webhook::{Delivery, Format, Once, Provider, Refused, Secrets, provider::settings},
};

/// GitHub, with the secret of a webhook.
///
/// `X-Hub-Signature-256` holds the signature of the body; the older `X-Hub-Signature`, which is SHA-1, is not enough.
/// The id of an event is `X-GitHub-Delivery`. Neither that nor a time is signed: who has recorded a delivery can send
/// it again under another id.
///
/// A webhook whose content type is `application/x-www-form-urlencoded` has its JSON in the field `payload` of a form, and
/// that is where it is read from: a body that begins with `payload=` is one, whatever its `Content-Type` says.
///
/// ```
/// use rutter::{GitHub, Secret};
///
/// let github = GitHub::new(Secret::new("It's a Secret to Everybody")?);
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// [GitHub's documentation](https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
#[derive(Debug, Clone)]
pub struct GitHub {
    secrets: Secrets,
    once: Option<Once>,
}

impl GitHub {
    /// With the secret of a webhook.
    pub fn new(secret: Secret) -> Self {
        GitHub { secrets: Secrets::new(secret), once: Some(Once::default()) }
    }
}

settings!(GitHub: secrets);
settings!(GitHub: once);

impl Provider for GitHub {
    fn name(&self) -> &'static str {
        "GitHub"
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        let signature = delivery.header("x-hub-signature-256")?;
        let digits = signature.strip_prefix("sha256=").ok_or(Refused::Mismatch)?;
        self.secrets.verify_hex(&[delivery.body()], digits)
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        delivery.header("x-github-delivery").ok().map(Cow::Borrowed)
    }

    fn format(&self, delivery: &Delivery<'_>) -> Format {
        if delivery.body().starts_with(b"payload=") { Format::JsonIn("payload") } else { Format::Json }
    }

    fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }
}
