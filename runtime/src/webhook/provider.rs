//! Who signs webhooks: the trait that every sender's rules implement.

use core::{any::type_name, time::Duration};
use std::borrow::Cow;

use crate::webhook::{Delivery, Format, Once, Refused};

/// Who signs webhooks: a sender's rules, with the secrets that are shared with it. The value is state of the
/// application.
///
/// One of your own:
///
/// ```
/// use rutter::{Secret, prelude::*, testing::Client};
/// use rutter::webhook::{Delivery, Provider, Refused, Secrets};
///
/// /// Signs `path.body` as `X-Lighthouse-Signature: hex`.
/// struct Lighthouse(Secrets);
///
/// impl Provider for Lighthouse {
///     fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
///         let signature = delivery.header("x-lighthouse-signature")?;
///         self.0.verify_hex(&[b"lamps.", delivery.body()], signature)
///     }
/// }
///
/// #[route(POST, "/hooks/lighthouse")]
/// fn lit(lamp: Webhook<Lighthouse, String>) -> String {
///     format!("{} is lit", *lamp)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> rutter::Result<()> {
/// let lighthouse = Lighthouse(Secrets::new(Secret::new("Fresnel")?));
/// let client = Client::new(rutter::routes![lit].state(lighthouse).build()?);
///
/// let signature = "5855540812cb72835df26864f54516d5815df014af796c511bee5a02b4142663";
/// let delivery = client.post("/hooks/lighthouse").body(r#""Eddystone""#);
/// let answer = delivery.header("x-lighthouse-signature", signature).await;
/// assert_eq!(answer.text(), "Eddystone is lit");
///
/// assert_eq!(client.post("/hooks/lighthouse").body(r#""Eddystone""#).await.status(), 400);
/// # Ok(())
/// # }
/// ```
///
/// A sender that signs its time as well keeps a [`Tolerance`](crate::webhook::Tolerance) beside the secrets, and asks
/// it once the signature has matched. One whose events have ids keeps an [`Once`], and tells both:
///
/// ```
/// # use core::time::Duration;
/// # use std::borrow::Cow;
/// # use rutter::webhook::{Delivery, Once, Provider, Refused, Secrets, Tolerance};
/// struct Lighthouse { secrets: Secrets, tolerance: Tolerance, once: Once }
///
/// impl Provider for Lighthouse {
///     fn name(&self) -> &'static str {
///         "Lighthouse"
///     }
///
///     fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
///         let time = delivery.header("x-time")?;
///         let signature = delivery.header("x-signature")?;
///         self.secrets.verify_hex(&[time.as_bytes(), b".", delivery.body()], signature)?;
///         self.tolerance.check("x-time", time)
///     }
///
///     fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
///         delivery.member("id")
///     }
///
///     fn once(&self) -> Option<&Once> {
///         Some(&self.once)
///     }
///
///     fn validity(&self) -> Duration {
///         self.tolerance.validity()
///     }
/// }
/// ```
///
/// State is found by its type, so two endpoints with a secret each are two types, of which one leaves everything to the
/// other's rules:
///
/// ```
/// # use core::time::Duration;
/// # use std::borrow::Cow;
/// use rutter::{Stripe, prelude::*, webhook::{Delivery, Once, Provider, Refused}};
///
/// /// The events of connected accounts, which Stripe signs with a secret of their own.
/// struct Connect(Stripe);
///
/// impl Provider for Connect {
///     fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> { self.0.verify(delivery) }
///     fn event_id<'r>(&self, delivery: &Delivery<'r>) -> Option<Cow<'r, str>> { self.0.event_id(delivery) }
///     fn once(&self) -> Option<&Once> { self.0.once() }
///     fn validity(&self) -> Duration { self.0.validity() }
/// }
///
/// #[route(POST, "/hooks/stripe")]
/// fn account(event: Webhook<Stripe>) {}
///
/// #[route(POST, "/hooks/stripe/connect")]
/// fn connect(event: Webhook<Connect>) {}
///
/// # fn main() -> rutter::Result<()> {
/// # use rutter::Secret;
/// let routes = rutter::routes![account, connect]
///     .state(Stripe::new(Secret::new("whsec_account")?))
///     .state(Connect(Stripe::new(Secret::new("whsec_connect")?)));
/// # routes.build()?;
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not sign webhooks",
    label = "no rules of a sender",
    note = "`Stripe`, `GitHub`, `Shopify`, `Slack` and `StandardWebhooks` have such rules: `Webhook<Stripe, Event>`",
    note = "or implement `rutter::webhook::Provider` for `{Self}`"
)]
pub trait Provider: Send + Sync + 'static {
    /// Whether the delivery comes from who knows a secret, as it was sent, and lately.
    ///
    /// # Errors
    /// Why it is not believed. A time is looked at once the signature has matched.
    fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused>;

    /// What events and the log know this provider by: the type's name, with that of its crate. A compiler may spell it
    /// otherwise than the one before, so give it a name where instances share a ledger.
    fn name(&self) -> &'static str {
        type_name::<Self>()
    }

    /// What the event is known by, the same each time it is delivered. Asked once the delivery is verified.
    /// An empty id is none: every such delivery runs the handler.
    fn event_id<'r>(&self, _delivery: &Delivery<'r>) -> Option<Cow<'r, str>> {
        None
    }

    /// Which format the body has, decided by what is signed: a `Content-Type` is not, and who has recorded a delivery
    /// could send the same bytes as something else. Asked once the delivery is verified; JSON by default.
    fn format(&self, _delivery: &Delivery<'_>) -> Format {
        Format::Json
    }

    /// How an event that has an id is handled once; without, every delivery runs the handler.
    fn once(&self) -> Option<&Once> {
        None
    }

    /// How long a delivery that somebody has recorded can be believed: [`Tolerance::validity`] where a time is signed.
    /// An event that was handled is remembered for as long at least.
    ///
    /// [`Tolerance::validity`]: crate::webhook::Tolerance::validity
    fn validity(&self) -> Duration {
        Duration::ZERO
    }
}

/// The setters that the providers here share.
macro_rules! settings {
    ($provider:ident: once) => {
        impl $provider {
            /// Remembers the events that were handled in this ledger, by default one in memory: `Redis` is one that
            /// instances share.
            pub fn once_in(mut self, ledger: impl $crate::webhook::Ledger) -> Self {
                self.once = Some(self.once.unwrap_or_default().ledger(ledger));
                self
            }

            /// How long an event that was handled is remembered, three days by default; in any case for as long as a
            /// delivery of it can be believed.
            pub fn remember(mut self, window: ::core::time::Duration) -> Self {
                self.once = Some(self.once.unwrap_or_default().remember(window));
                self
            }

            /// Runs the handler each time that an event is delivered.
            pub fn every_time(mut self) -> Self {
                self.once = None;
                self
            }
        }
    };
    ($provider:ident: secrets) => {
        impl $provider {
            /// Takes signatures with this secret as well: the old one, while it is replaced.
            pub fn or(mut self, secret: $crate::secret::Secret) -> Self {
                self.secrets = self.secrets.or(secret);
                self
            }
        }
    };
    ($provider:ident: time) => {
        impl $provider {
            /// How far the time of a signature may be away from the time here, in both directions: five minutes by
            /// default. An event is remembered for twice as long at least.
            pub fn tolerance(mut self, tolerance: ::core::time::Duration) -> Self {
                self.tolerance = self.tolerance.within(tolerance);
                self
            }

            /// Takes the time from this clock: for tests.
            pub fn clock(mut self, clock: $crate::time::Clock) -> Self {
                self.tolerance = self.tolerance.clock(clock);
                self
            }
        }
    };
}

pub(super) use settings;
