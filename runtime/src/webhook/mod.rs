//! Webhooks: what somebody else's server has signed, verified byte by byte, and handled once.
//!
//! ```
//! use rutter::{Secret, Stripe, prelude::*, testing::Client};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct StripeEvent {
//!     id: String,
//!     r#type: String,
//! }
//!
//! /// Answers at once, and works once the answer is on its way.
//! #[route(POST, "/hooks/stripe")]
//! async fn stripe(event: Webhook<Stripe, StripeEvent>, after: After) -> StatusCode {
//!     after.run(async move { println!("{} is a {}", event.id, event.r#type) });
//!     StatusCode::ACCEPTED
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> rutter::Result<()> {
//! // The provider is state: without it the application refuses to start.
//! let provider = Stripe::new(Secret::new("whsec_new")?).or(Secret::new("whsec_old")?);
//! let client = Client::new(rutter::routes![stripe].state(provider).build()?);
//!
//! let forged = client.post("/hooks/stripe").body(r#"{"id": "evt_1", "type": "invoice.paid"}"#);
//! let answer = forged.header("stripe-signature", "t=1700000000,v1=5257a869").await;
//! assert_eq!(answer.status(), 400);
//! assert!(answer.text().contains("no signature matches the body"));
//! # Ok(())
//! # }
//! ```
//!
//! | provider | signed | time | an event is known by |
//! | --- | --- | --- | --- |
//! | [`Stripe`] | `time.body` | five minutes | `id` in the body, signed |
//! | [`GitHub`] | the body | | `X-GitHub-Delivery` |
//! | [`Shopify`] | the body | | `X-Shopify-Topic` and `X-Shopify-Event-Id` |
//! | [`Slack`] | `v0:time:body` | five minutes | `event_id` in the body, signed |
//! | [`StandardWebhooks`] | `id.time.body` | five minutes | `webhook-id`, signed |
//! | a [`Provider`] of your own | | | |
//!
//! The rules:
//! - **first the size, then the signature, then the meaning**: a body over the route's limit is a 413; nothing of it is
//!   parsed before its bytes are verified. Signatures are HMAC-SHA256, compared in constant time with every secret; of a
//!   header that lists many, sixteen are tried;
//! - **secrets** are [`Secret`](crate::Secret)s: never printed, not empty, and several while one is replaced (`or`);
//! - **a refusal** is a 400 that names a header which is missing, repeated or unclear, and a time that is too far away once the
//!   signature has matched. Whatever is wrong with a signature, or with the body below it, is one text. The log has the
//!   provider and the path, never a signature;
//! - **`Webhook<P, T>`** derefs to `T`, read as [`Json`](crate::Json) reads it and refused with the same problems.
//!   `Webhook<P>` derefs to the verified bytes. [`Webhook::bytes`] has them always, [`Webhook::id`] the id of the event;
//! - **the format** of a body is known by its provider and by what is signed, never by `Content-Type`: signed bytes that
//!   could be read as something else would mean what a replay wants. All bodies are JSON but Slack's that begin with
//!   neither `{` nor `[` (commands and interactions, read as [`Form`](crate::Form) does), and GitHub's that begin with
//!   `payload=`, whose `T` is the JSON in that field;
//! - `Option<Webhook<…>>` is never `None`: what is forged is refused. `Result<Webhook<…>, WebhookRejection>` hands the
//!   refusal to the handler.
//!
//! # An event is handled once
//!
//! Senders deliver again what was not answered in time, and what somebody asks them to; and who has recorded a delivery
//! can repeat it within its tolerance. An event that has an id, which an empty one is not, is claimed before its handler
//! runs:
//!
//! - a 2xx is its end: for three days ([`Once::remember`]), and for as long as the delivery can be believed, another one
//!   gets a 200, `{"received": true, "repeated": true}`, and runs nothing;
//! - anything else gives it up, so that the next delivery is handled: any other status, also a redirect, which senders
//!   take for a failure; a panic, a time-out, a client that has left, a body that is not what the handler takes;
//! - another delivery meanwhile gets a 409 with `Retry-After`, however long the handler runs: the sender comes again, and
//!   finds it done or free;
//! - work that is left for [`After`](crate::After) is not waited for: what must not be lost is written down before the
//!   handler answers.
//!
//! Each provider has a ledger in memory ([`MemoryLedger`]); `once_in` takes one that instances share, such as `Redis`, and
//! `every_time` none. An event that several routes get is one at each; the paths of one route, such as those of a
//! catch-all, have it together. A ledger that fails is logged and done without: an event may then be handled twice, but is
//! never lost. So it may when a process dies between what its handler does and the note that it has; in a shared ledger
//! the claim of a dead process runs out after five minutes.
//!
//! # How it works
//!
//! The extractor claims the event and leaves word with the request to be told of the answer's status, or that there will
//! be none; that is where the claim ends. A claim has a token, so one that has run out cannot end somebody else's. In
//! memory all of this is done on the spot, and a claim has no end of its own: it cannot outlive its process. With a store
//! a claim is renewed every third of its five minutes while the handler runs, and the note of its end is written behind
//! the answer. The end of the server waits for such notes, also for those of handlers that it cuts off, a second at most.

mod delivery;
mod extractor;
mod format;
mod github;
mod ledger;
mod memory;
mod once;
mod payload;
mod provider;
#[cfg(feature = "redis")]
mod redis;
mod refused;
mod rejection;
mod renewal;
mod secrets;
mod shopify;
mod slack;
mod standard;
mod stripe;
#[cfg(test)]
mod tests;
mod tolerance;

pub use delivery::Delivery;
pub use extractor::Webhook;
pub use format::Format;
pub use github::GitHub;
pub use ledger::{Claim, EventKey, Ledger};
pub use memory::MemoryLedger;
pub use once::Once;
pub use payload::{Payload, Raw};
pub use provider::Provider;
pub use refused::Refused;
pub use rejection::WebhookRejection;
pub use secrets::Secrets;
pub use shopify::Shopify;
pub use slack::Slack;
pub use standard::StandardWebhooks;
pub use stripe::Stripe;
pub use tolerance::Tolerance;
