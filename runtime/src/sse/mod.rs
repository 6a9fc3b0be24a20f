//! Server-sent events: one client or a thousand, told as it happens.
//!
//! ```
//! use rutter::{Broadcast, Event, LastEventId, prelude::*};
//!
//! /// Everything that is said; a browser that comes back gets what it has missed.
//! #[route(GET, "/events")]
//! fn events(last: LastEventId, said: State<Broadcast>) -> Sse {
//!     Sse::new(said.subscribe_after(&last))
//! }
//!
//! /// A task for each client: it ends where it waits when the client leaves.
//! #[route(GET, "/progress")]
//! fn progress() -> Sse {
//!     Sse::channel(async move |mut events| {
//!         for percent in [0, 50, 100] {
//!             events.send(Event::json(&percent).event("progress")).await?;
//!         }
//!         Ok(())
//!     })
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # let client = rutter::testing::Client::new(rutter::routes![progress].build().unwrap());
//! let answer = client.get("/progress").await;
//! assert_eq!(answer.header("content-type"), Some("text/event-stream"));
//! assert!(answer.text().starts_with("event: progress\ndata: 0\n\n"));
//! # }
//! ```
//!
//! In a browser: `new EventSource("/progress").addEventListener("progress", event => show(event.data))`.
//!
//! The rules:
//! - the answer is a 200 with `text/event-stream`, `cache-control: no-cache, no-transform` and `x-accel-buffering: no`.
//!   It is never kept, and is the same on HTTP/1.1 and HTTP/2;
//! - **a slow client** slows down its own task: [`Events::send`] waits while 16 KiB are on their way. What is sent in a
//!   burst leaves in one piece;
//! - **a client that leaves** takes its task with it at once, wherever it waits; one that says on HTTP/1.1 that it will
//!   send nothing more (half-close) has left. In an accept loop of your own that is hyper's to notice, which it does not
//!   while bytes of the client wait unread. What is to be done in the end belongs into a `Drop`. [`Events`] in other tasks say [`SseError::Gone`]. One that vanishes without a word is found by the
//!   comments that are sent after 15 s of silence ([`Sse::keep_alive`]), once its socket gives up;
//! - **a task that fails**, or an event that cannot be written, is logged and cuts the connection; one that panics too;
//! - **a browser comes back** after every end, with the id of the last event that it has seen ([`LastEventId`]), after
//!   the time of [`Sse::retry`]. It stays away after a 204: `Result<Sse, NoContent>` says that there is nothing more;
//! - **the end of the application** ends every stream cleanly after what it has sent, so that clients come back to
//!   another instance;
//! - browsers have at most six connections to a host with HTTP/1.1, streams among them: with HTTP/2 there is no such
//!   bound.
//!
//! # How it works
//!
//! There is no task and no queue beside the connection: the body of the answer holds the future of the task and polls
//! it when the connection has room. [`Events::send`] writes into a buffer that the body takes whole after each poll, so
//! an idle stream has none. The server drops the body when the client leaves, and the future with it.
//!
//! A [`Broadcast`] writes an event once. Its ring holds the last events for all, a [`Listener`] is a number in it: who
//! is slow holds nothing back, and costs nothing.

mod answer;
mod body;
mod broadcast;
mod error;
mod event;
mod events;
mod last_event_id;
mod listener;
mod pipe;
mod ring;
mod source;

pub use answer::Sse;
pub use broadcast::Broadcast;
pub use error::SseError;
pub use event::{Event, IntoEvent};
pub use events::Events;
pub use last_event_id::LastEventId;
pub use listener::{Lag, Listener};

#[cfg(test)]
mod tests;
