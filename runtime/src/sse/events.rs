//! The end of a channel that events are sent on.

use core::fmt;
use std::sync::Arc;

use crate::sse::{Event, SseError, pipe::Pipe};

/// Where the events of one client are sent: what [`Sse::channel`](crate::Sse::channel) gives its task.
///
/// It may be cloned and moved into other tasks. The stream ends once the task of the channel has ended and no `Events`
/// is left.
///
/// ```
/// use rutter::{Event, Sse};
///
/// fn countdown() -> Sse {
///     Sse::channel(async move |mut events| {
///         for left in (0..=3).rev() {
///             events.send(Event::data(left.to_string())).await?;
///         }
///         Ok(())
///     })
/// }
/// # let _ = countdown();
/// ```
#[must_use = "the stream goes on for as long as there is one"]
pub struct Events(Arc<Pipe>);

impl Events {
    pub(super) fn new(pipe: Arc<Pipe>) -> Self {
        pipe.add_sender();
        Events(pipe)
    }

    /// Sends an event.
    ///
    /// It is ready at once while the client keeps up: what is sent in a burst leaves in one piece. With 16 KiB on their
    /// way it waits until the connection has taken them, so a slow client slows down its task and costs no memory.
    ///
    /// ```
    /// use rutter::{Event, Events, SseError};
    ///
    /// async fn greet(mut events: Events) -> Result<(), SseError> {
    ///     events.send(Event::data("hello")).await?;
    ///     events.send(Event::json(&["and", "again"]).event("greeting")).await
    /// }
    /// # let _ = greet;
    /// ```
    ///
    /// # Errors
    /// When the client has left ([`SseError::Gone`]), and for an event that cannot be written. The task of a channel
    /// is dropped when its client leaves; the error is for what other tasks send.
    pub async fn send(&mut self, event: Event) -> Result<(), SseError> {
        match event.fault() {
            Some(fault) => Err(fault),
            None => self.0.put(&event).await,
        }
    }

    /// Whether the client has left, or the application ends: for work on a thread, which is not dropped with the task.
    ///
    /// ```
    /// use rutter::{Event, Events, prelude::*};
    ///
    /// fn divisor(of: u64, events: &Events) -> Option<u64> {
    ///     (2..of).take_while(|_| !events.is_gone()).find(|by| of % by == 0)
    /// }
    ///
    /// #[route(GET, "/divisor/[of]")]
    /// fn find(of: u64) -> Sse {
    ///     Sse::channel(async move |mut events| {
    ///         let asks = events.clone();
    ///         let found = tokio::task::spawn_blocking(move || divisor(of, &asks)).await?;
    ///         events.send(Event::json(&found)).await?;
    ///         Ok(())
    ///     })
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let client = rutter::testing::Client::new(rutter::routes![find].build().unwrap());
    /// assert_eq!(client.get("/divisor/91").await.text(), "data: 7\n\n");
    /// # }
    /// ```
    pub fn is_gone(&self) -> bool {
        self.0.is_gone()
    }

    /// Waits until the client has left, or the application ends: for a task of your own that waits for something else.
    ///
    /// ```
    /// use rutter::{Event, Events, SseError};
    ///
    /// async fn report(mut events: Events, work: impl Future<Output = String>) -> Result<(), SseError> {
    ///     tokio::select! {
    ///         done = work => events.send(Event::data(done)).await,
    ///         () = events.gone() => Err(SseError::Gone),
    ///     }
    /// }
    /// # let _ = |events| report(events, async { String::new() });
    /// ```
    pub async fn gone(&self) {
        self.0.gone().await;
    }
}

impl Clone for Events {
    fn clone(&self) -> Self {
        Events::new(Arc::clone(&self.0))
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.0.remove_sender();
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("is_gone", &self.is_gone()).finish()
    }
}
