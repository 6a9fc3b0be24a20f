//! Stripe: `Stripe-Signature: t=…,v1=…`.

use core::time::Duration;
use std::borrow::Cow;

use crate::{
    secret::Secret,
    webhook::{Delivery, Once, Provider, Refused, Secrets, Tolerance, provider::settings, secrets::hex},
};

/// Stripe, with the secret of an endpoint (`whsec_…`, taken as it is).
///
/// `Stripe-Signature` holds a time and signatures of `time.body`, of which sixteen are tried; other schemes than `v1`
/// are ignored, such as the `v0` of test events. The id of an event is its `id`, which is signed.
///
/// ```
/// use core::time::Duration;
/// use rutter::{Secret, Stripe};
///
/// let stripe = Stripe::new(Secret::new("whsec_new")?)
///     .or(Secret::new("whsec_old")?)
///     .tolerance(Duration::from_secs(120))
///     .remember(Duration::from_secs(24 * 60 * 60));
/// assert!(!format!("{stripe:?}").contains("whsec"));
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// [Stripe's documentation](https://docs.stripe.com/webhooks#verify-manually).
#[derive(Debug, Clone)]
pub struct Stripe {
    secrets: Secrets,
    tolerance: Tolerance,
    once: Option<Once>,
}

impl Stripe {
    /// With the secret of an endpoint.
    pub fn new(secret: Secret) -> Self {
        Stripe { secrets: Secrets::new(secret), tolerance: Tolerance::default(), once: Some(Once::default()) }
    }
}

settings!(Stripe: secrets);
settings!(Stripe: time);
settings!(Stripe: once);

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "Stripe"
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        let header = delivery.header(HEADER)?;
        let items = || header.split(',').filter_map(|item| item.split_once('='));
        let mut times = items().filter(|(name, _)| *name == "t").map(|(_, time)| time);
        // Of two times nobody knows which one is signed.
        let (Some(time), None) = (times.next(), times.next()) else { return Err(Refused::Unclear(HEADER)) };
        let signatures = items().filter(|(name, _)| *name == "v1").map(|(_, signature)| hex(signature));
        self.secrets.verify_any(&[time.as_bytes(), b".", delivery.body()], signatures)?;
        self.tolerance.check(HEADER, time)
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        delivery.member("id")
    }

    fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }

    fn validity(&self) -> Duration {
        self.tolerance.validity()
    }
}

const HEADER: &str = "stripe-signature";
