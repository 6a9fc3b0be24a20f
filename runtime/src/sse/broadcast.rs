//! One source of events for many clients.

use core::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::sse::{Event, LastEventId, Listener, SseError, ring::Ring};

/// One source of events for many clients, which remembers the last of them.
///
/// It is cheap to clone and fits into a [`State`](crate::State). When the last clone is dropped, its listeners get what
/// is left and end.
///
/// ```
/// use rutter::{Broadcast, Event, LastEventId, prelude::*};
///
/// #[route(GET, "/news")]
/// fn news(last: LastEventId, news: State<Broadcast>) -> Sse {
///     Sse::new(news.subscribe_after(&last))
/// }
///
/// #[route(POST, "/news")]
/// fn publish(text: String, news: State<Broadcast>) -> Result<String, Problem> {
///     let listeners = news.send(Event::data(text))?;
///     Ok(format!("{listeners} have heard it"))
/// }
/// # fn main() { rutter::routes![news, publish].state(Broadcast::new(100)).build().unwrap(); }
/// ```
#[derive(Debug, Clone)]
pub struct Broadcast(Arc<Source>);

/// What all clones of a broadcast hold: when it goes, the hub is closed.
#[derive(Debug)]
struct Source(Arc<Hub>);

/// What a broadcast and its listeners share.
pub(super) struct Hub(Mutex<Ring>);

impl Broadcast {
    /// A broadcast that remembers this many events, one at least.
    ///
    /// They are the history for clients who come back, and how far a slow client may fall behind. No room is taken
    /// before they are there.
    ///
    /// ```
    /// use rutter::{Broadcast, Event};
    ///
    /// let news = Broadcast::new(100);
    /// assert_eq!(news.send(Event::data("nobody listens")).unwrap(), 0);
    /// ```
    pub fn new(capacity: usize) -> Self {
        Broadcast(Arc::new(Source(Arc::new(Hub(Mutex::new(Ring::new(capacity)))))))
    }

    /// The same, with the id of the event that its first will be behind: who comes back with that id has missed nothing.
    ///
    /// For a broadcast whose history is read from elsewhere when the application starts.
    ///
    /// ```
    /// use rutter::{Broadcast, LastEventId};
    ///
    /// let news = Broadcast::new(100).begin_after(41);
    /// assert!(!news.subscribe_after(&LastEventId::new("41")).has_missed());
    /// assert!(news.subscribe_after(&LastEventId::new("40")).has_missed());
    /// ```
    pub fn begin_after(self, id: impl fmt::Display) -> Self {
        self.hub().lock().begin_after(Event::default().id(id).write_down());
        self
    }

    /// Gives an event to all who listen, and tells how many they are.
    ///
    /// It never waits: the event is written once, and each connection sends the same bytes when it can.
    ///
    /// ```
    /// use rutter::{Broadcast, Event};
    ///
    /// let news = Broadcast::new(100);
    /// let listener = news.subscribe();
    /// assert_eq!(news.send(Event::data("fog")).unwrap(), 1);
    /// # drop(listener);
    /// ```
    ///
    /// # Errors
    /// When the event cannot be written.
    pub fn send(&self, event: Event) -> Result<usize, SseError> {
        if let Some(fault) = event.fault() {
            return Err(fault);
        }
        let event = event.write_down();
        let mut ring = self.hub().lock();
        let (oldest, waiting, listeners) = (ring.push(event), ring.waiting(), ring.listeners());
        drop(ring);
        drop(oldest);
        // A waker may do anything, so it is called outside of the lock.
        waiting.into_iter().for_each(core::task::Waker::wake);
        Ok(listeners)
    }

    /// How many listen.
    ///
    /// ```
    /// use rutter::Broadcast;
    ///
    /// let news = Broadcast::new(100);
    /// let listener = news.subscribe();
    /// assert_eq!(news.listeners(), 1);
    /// drop(listener);
    /// assert_eq!(news.listeners(), 0);
    /// ```
    pub fn listeners(&self) -> usize {
        self.hub().lock().listeners()
    }

    /// Listens from now on.
    ///
    /// ```
    /// use rutter::{Broadcast, Event, Sse};
    ///
    /// let news = Broadcast::new(100);
    /// let stream = Sse::new(news.subscribe());
    /// # drop(stream);
    /// ```
    pub fn subscribe(&self) -> Listener {
        let mut ring = self.hub().lock();
        Listener::new(Arc::clone(self.hub()), ring.sit_down(), ring.end(), false)
    }

    /// Listens to what came after the event with this id, as a client asks for that comes back; without an id, from now
    /// on.
    ///
    /// When no event of the history has this id, the listener gets the whole history, and
    /// [`has_missed`](Listener::has_missed) says that there may be more. Events need an `id` for this.
    ///
    /// ```
    /// use rutter::{Broadcast, Event, LastEventId};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let news = Broadcast::new(100);
    /// for id in 1..=3 {
    ///     news.send(Event::json(&id).id(id)).unwrap();
    /// }
    /// let mut listener = news.subscribe_after(&LastEventId::new("2"));
    /// assert_eq!(listener.next().await.unwrap().to_string(), "id: 3\ndata: 3\n\n");
    /// # }
    /// ```
    pub fn subscribe_after(&self, last: &LastEventId) -> Listener {
        let mut ring = self.hub().lock();
        let (next, is_known) = last.as_str().map_or((ring.end(), true), |id| ring.after(id));
        Listener::new(Arc::clone(self.hub()), ring.sit_down(), next, !is_known)
    }

    fn hub(&self) -> &Arc<Hub> {
        &self.0.0
    }
}

impl Hub {
    pub(super) fn lock(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("listeners", &self.lock().listeners()).finish_non_exhaustive()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let mut ring = self.0.lock();
        ring.close();
        let waiting = ring.waiting();
        drop(ring);
        waiting.into_iter().for_each(core::task::Waker::wake);
    }
}
