//! A verified delivery as an argument of a handler.

use core::{fmt, marker::PhantomData, ops::Deref};
use std::borrow::Cow;

use bytes::Bytes;

use crate::{
    body::BodySlot,
    extract::{FromHead, FromRequest, RequestHead, State},
    reads::Reads,
    state::Requirements,
    webhook::{Delivery, Payload, Provider, Raw, Refused, WebhookRejection},
};

/// A delivery that its provider has signed: an extractor. [The module](crate::webhook) is its manual.
///
/// It derefs to `T`, which is the verified bytes where no type is named.
///
/// ```
/// use rutter::{GitHub, prelude::*};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Push { after: String }
///
/// #[route(POST, "/hooks/github")]
/// fn pushed(push: Webhook<GitHub, Push>) -> String {
///     format!("built {}", push.after)
/// }
///
/// // A handler is a function, and a test calls it as one.
/// assert_eq!(pushed(Webhook::new(Push { after: "1ce9e88".to_owned() })), "built 1ce9e88");
/// ```
pub struct Webhook<P, T = Raw> {
    payload: T,
    event_id: Option<Box<str>>,
    raw: Bytes,
    provider: PhantomData<fn() -> P>,
}

impl<P, T> Webhook<P, T> {
    /// What a test gives to a handler.
    pub fn new(payload: T) -> Self {
        Webhook { payload, event_id: None, raw: Bytes::new(), provider: PhantomData }
    }

    /// The same, with the id of an event. An empty one is none.
    ///
    /// ```
    /// use rutter::{Stripe, Webhook};
    ///
    /// let event = Webhook::<Stripe, &str>::new("paid").with_id("evt_1");
    /// assert_eq!(event.id(), Some("evt_1"));
    /// ```
    pub fn with_id(self, id: &str) -> Self {
        Webhook { event_id: (!id.is_empty()).then(|| id.into()), ..self }
    }

    /// What the provider knows the event by, if it has an id that is not empty.
    pub fn id(&self) -> Option<&str> {
        self.event_id.as_deref()
    }

    /// The verified bytes, as they were signed.
    pub fn bytes(&self) -> &Bytes {
        &self.raw
    }

    /// What the delivery was read into.
    ///
    /// ```
    /// use rutter::{Stripe, Webhook};
    ///
    /// assert_eq!(Webhook::<Stripe, _>::new("paid").into_inner(), "paid");
    /// ```
    pub fn into_inner(self) -> T {
        self.payload
    }
}

impl<P: Provider, T: Payload> FromRequest for Webhook<P, T> {
    const READS: Reads = Reads::BODY.and(Reads::HEAD).and(Reads::EACH);
    type Rejection = WebhookRejection;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, WebhookRejection> {
        // A refusal is in the log, with the type's name.
        let State(provider) = State::<P>::from_head(head).map_err(|_| WebhookRejection::Unknown)?;
        // The bytes come first, and are not parsed before they are verified: parsing would change them.
        let raw = body.bytes().await?;
        let delivery = Delivery::new(head.headers(), &raw);
        provider.verify(&delivery).map_err(|refused| logged(&*provider, head, refused))?;
        let event_id = provider.event_id(&delivery).filter(|id| !id.is_empty());
        let event_id = event_id.map(|id| Cow::into_owned(id).into_boxed_str());
        if let (Some(id), Some(once)) = (&event_id, provider.once()) {
            once.at_least(provider.validity()).admit(head, provider.name(), id).await?;
        }
        let payload = T::read(head, &raw, provider.format(&delivery)).map_err(WebhookRejection::Payload)?;
        Ok(Webhook { payload, event_id, raw, provider: PhantomData })
    }

    fn requires(requirements: &mut Requirements) {
        requirements.state::<P>();
    }

    /// Never: an `Option` must not take a forged delivery for none.
    fn is_absent(_: &WebhookRejection) -> bool {
        false
    }
}

impl<P, T> Deref for Webhook<P, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.payload
    }
}

impl<P, T: fmt::Debug> fmt::Debug for Webhook<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("id", &self.event_id).field("payload", &self.payload).finish_non_exhaustive()
    }
}

/// What the operator learns: a secret that was changed on one side only shows here.
fn logged(provider: &impl Provider, head: &RequestHead, refused: Refused) -> Refused {
    tracing::warn!(provider = provider.name(), path = head.uri().path(), %refused, "a webhook is refused");
    refused
}
