//! Shopify: `X-Shopify-Hmac-Sha256`, in base64.

use std::borrow::Cow;

use crate::{
    secret::Secret,
    webhook::{Delivery, Once, Provider, Refused, Secrets, provider::settings},
};

/// Shopify, with the client secret of an app.
///
/// `X-Shopify-Hmac-Sha256` holds the signature of the body, in base64. An event is known by `X-Shopify-Topic` and
/// `X-Shopify-Event-Id` together, for what a merchant does once may be told under several topics. Neither they nor a
/// time are signed: who has recorded a delivery can send it again under another id.
///
/// ```
/// use rutter::{Secret, Shopify};
///
/// let shopify = Shopify::new(Secret::new("shpss_new")?).or(Secret::new("shpss_old")?);
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// [Shopify's documentation](https://shopify.dev/docs/apps/build/webhooks/subscribe/https).
#[derive(Debug, Clone)]
pub struct Shopify {
    secrets: Secrets,
    once: Option<Once>,
}

impl Shopify {
    /// With the client secret of an app.
    pub fn new(secret: Secret) -> Self {
        Shopify { secrets: Secrets::new(secret), once: Some(Once::default()) }
    }
}

settings!(Shopify: secrets);
settings!(Shopify: once);

impl Provider for Shopify {
    fn name(&self) -> &'static str {
        "Shopify"
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        self.secrets.verify_base64(&[delivery.body()], delivery.header("x-shopify-hmac-sha256")?)
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        let id = delivery.header("x-shopify-event-id").ok().filter(|id| !id.is_empty())?;
        let topic = delivery.header("x-shopify-topic").ok()?;
        Some(Cow::Owned(format!("{topic} {id}")))
    }

    fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }
}
