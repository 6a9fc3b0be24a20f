//! Slack: `X-Slack-Signature: v0=…` and `X-Slack-Request-Timestamp`.

use core::time::Duration;
use std::borrow::Cow;

use crate::{
    secret::Secret,
    webhook::{Delivery, Format, Once, Provider, Refused, Secrets, Tolerance, provider::settings},
};

/// Slack, with the signing secret of an app: events, slash commands and interactions.
///
/// `X-Slack-Signature` holds the signature of `v0:time:body`, the time being `X-Slack-Request-Timestamp`. The id of an
/// event is its `event_id`, which is signed; slash commands and interactions are forms, and have none. A body is a form
/// unless it begins with `{` or `[`, whatever its `Content-Type` says, for that is not signed.
///
/// ```
/// use rutter::{Secret, Slack};
///
/// let slack = Slack::new(Secret::new("8f742231b10e8888abcd99yyyzzz85a5")?);
/// # Ok::<(), rutter::Error>(())
/// ```
///
/// [Slack's documentation](https://docs.slack.dev/authentication/verifying-requests-from-slack).
#[derive(Debug, Clone)]
pub struct Slack {
    secrets: Secrets,
    tolerance: Tolerance,
    once: Option<Once>,
}

impl Slack {
    /// With the signing secret of an app.
    pub fn new(secret: Secret) -> Self {
        Slack { secrets: Secrets::new(secret), tolerance: Tolerance::default(), once: Some(Once::default()) }
    }
}

settings!(Slack: secrets);
settings!(Slack: time);
settings!(Slack: once);

impl Provider for Slack {
    fn name(&self) -> &'static str {
        "Slack"
    }

    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        let time = delivery.header(TIME)?;
        let signature = delivery.header("x-slack-signature")?;
        let digits = signature.strip_prefix("v0=").ok_or(Refused::Mismatch)?;
        self.secrets.verify_hex(&[b"v0:", time.as_bytes(), b":", delivery.body()], digits)?;
        self.tolerance.check(TIME, time)
    }

    fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        delivery.member("event_id")
    }

    fn format(&self, delivery: &Delivery<'_>) -> Format {
        if delivery.looks_like_json() { Format::Json } else { Format::Form }
    }

    fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }

    fn validity(&self) -> Duration {
        self.tolerance.validity()
    }
}

const TIME: &str = "x-slack-request-timestamp";
