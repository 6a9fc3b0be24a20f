//! One who listens to a broadcast.

use core::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};
use std::sync::Arc;

use futures_core::Stream;

use crate::sse::{Event, broadcast::Hub, ring::Next};

/// One who listens to a [`Broadcast`](crate::Broadcast): a stream of its events.
///
/// It holds no events itself. Who falls behind by more than the broadcast remembers loses events: [`Lag`] says what
/// becomes of it then.
///
/// ```
/// use rutter::{Broadcast, Event, Sse};
///
/// fn both(news: &Broadcast, weather: &Broadcast) -> Sse {
///     let (mut news, mut weather) = (news.subscribe(), weather.subscribe());
///     Sse::channel(async move |mut events| {
///         loop {
///             let event = tokio::select! {
///                 Some(event) = news.next() => event.event("news"),
///                 Some(event) = weather.next() => event.event("weather"),
///                 else => return Ok(()),
///             };
///             events.send(event).await?;
///         }
///     })
/// }
/// # drop(both(&Broadcast::new(1), &Broadcast::new(1)));
/// ```
#[derive(Debug)]
#[must_use = "a listener that is dropped does not listen"]
pub struct Listener {
    hub: Arc<Hub>,
    seat: usize,
    /// The number of the next event.
    next: u64,
    lag: Lag,
    has_missed: bool,
    is_ended: bool,
}

/// What becomes of a listener that has fallen behind by more than its broadcast remembers.
///
/// ```
/// use rutter::{Broadcast, Lag, LastEventId, Sse};
///
/// fn prices(prices: &Broadcast) -> Sse {
///     Sse::new(prices.subscribe().lag(Lag::Skip))
/// }
///
/// /// None is left out: who is cut off comes back with the id of the last that it has seen.
/// fn orders(last: &LastEventId, orders: &Broadcast) -> Sse {
///     Sse::new(orders.subscribe_after(last).lag(Lag::Disconnect))
/// }
/// # drop((prices(&Broadcast::new(1)), orders(&LastEventId::default(), &Broadcast::new(1))));
/// assert_eq!(Lag::default(), Lag::Skip);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Lag {
    /// It goes on with the oldest event that is there. This is the default: right for what is soon out of date, and
    /// for a client that is told with [`Listener::has_missed`].
    #[default]
    Skip,
    /// It ends, and the connection with it: the client comes back with the id of the last event that it has seen. Right
    /// where a handler can read what is missing from elsewhere. A task that listens to others beside it must end when
    /// [`Listener::next`] is `None`; in `tokio::select!` the pattern `Some(event)` would go on with the others.
    Disconnect,
}

impl Listener {
    pub(super) fn new(hub: Arc<Hub>, seat: usize, next: u64, has_missed: bool) -> Self {
        Listener { hub, seat, next, lag: Lag::default(), has_missed, is_ended: false }
    }

    /// What becomes of it when it falls too far behind.
    ///
    /// ```
    /// use rutter::{Broadcast, Event, Lag};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let news = Broadcast::new(1);
    /// let (mut skips, mut ends) = (news.subscribe(), news.subscribe().lag(Lag::Disconnect));
    /// for text in ["lost", "latest"] {
    ///     news.send(Event::data(text)).unwrap();
    /// }
    /// assert_eq!(skips.next().await.unwrap().to_string(), "data: latest\n\n");
    /// assert!(ends.next().await.is_none());
    /// # }
    /// ```
    pub fn lag(mut self, lag: Lag) -> Self {
        self.lag = lag;
        self
    }

    /// The next event; `None` once the broadcast is gone, or when it has fallen too far behind with
    /// [`Lag::Disconnect`].
    ///
    /// It loses nothing when it is dropped unfinished, as in `tokio::select!`.
    ///
    /// ```
    /// use rutter::{Broadcast, Event};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let news = Broadcast::new(100);
    /// let mut listener = news.subscribe();
    /// news.send(Event::data("fog")).unwrap();
    /// drop(news);
    /// assert_eq!(listener.next().await.unwrap().to_string(), "data: fog\n\n");
    /// assert!(listener.next().await.is_none());
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Event> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// Whether it has missed events since this was asked last: it fell behind and skipped them, or came back with an id
    /// that the broadcast no longer knows. So the client can be told to load everything anew.
    ///
    /// ```
    /// use rutter::{Broadcast, Event, LastEventId, Sse};
    ///
    /// fn prices(last: &LastEventId, prices: &Broadcast) -> Sse {
    ///     let mut prices = prices.subscribe_after(last);
    ///     Sse::channel(async move |mut events| {
    ///         while let Some(event) = prices.next().await {
    ///             if prices.has_missed() {
    ///                 events.send(Event::data("").event("reload")).await?;
    ///             }
    ///             events.send(event).await?;
    ///         }
    ///         Ok(())
    ///     })
    /// }
    /// # drop(prices(&LastEventId::default(), &Broadcast::new(1)));
    /// ```
    pub fn has_missed(&mut self) -> bool {
        core::mem::take(&mut self.has_missed)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        if self.is_ended {
            return Poll::Ready(None);
        }
        loop {
            // Looked at in one step: what it gives is dropped outside of the lock.
            let found = self.hub.lock().at(self.next, self.seat, cx.waker());
            match found {
                Next::Pending(_before) => return Poll::Pending,
                Next::Event(event) => {
                    self.next += 1;
                    return Poll::Ready(Some(event));
                }
                Next::Behind(first) if self.lag == Lag::Skip => (self.next, self.has_missed) = (first, true),
                Next::Behind(_) | Next::Closed => {
                    self.is_ended = true;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

impl Stream for Listener {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        self.poll(cx)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let waits = self.hub.lock().get_up(self.seat);
        // A waker that goes may take a task with it, and that another listener: so it goes outside of the lock.
        drop(waits);
    }
}
