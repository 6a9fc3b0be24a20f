//! The events that this process has handled, as many as there is room for.

use core::{fmt, future::ready, time::Duration};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    cache::StoreFuture,
    time::{Clock, Timestamp},
    webhook::{Claim, EventKey, Ledger},
};

/// The events that this process has handled, a hundred thousand by default, about twenty megabytes; of more the oldest
/// are forgotten.
///
/// ```
/// use rutter::{Clock, Secret, Stripe, Timestamp, webhook::MemoryLedger};
///
/// let clock = Clock::stopped(Timestamp::from_millis(0));
/// let ledger = MemoryLedger::new(1_000).clock(clock);
/// let stripe = Stripe::new(Secret::new("whsec_new")?).once_in(ledger);
/// # Ok::<(), rutter::Error>(())
/// ```
pub struct MemoryLedger {
    events: Mutex<Events>,
    most: usize,
    clock: Clock,
}

impl MemoryLedger {
    /// Room for so many events, and for one at least.
    pub fn new(events: usize) -> Self {
        MemoryLedger { events: Mutex::default(), most: events.max(1), clock: Clock::system() }
    }

    /// Takes the time from this clock: for tests.
    pub fn clock(self, clock: Clock) -> Self {
        MemoryLedger { clock, ..self }
    }

    fn events(&self) -> MutexGuard<'_, Events> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryLedger {
    fn default() -> Self {
        MemoryLedger::new(100_000)
    }
}

impl Ledger for MemoryLedger {
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim> {
        let now = self.clock.now();
        let mut events = self.events();
        let claim = match events.at(event, now) {
            Some(Course::Done) => Claim::Done,
            Some(Course::Claimed(other)) if other != token => Claim::InProgress,
            _ => {
                events.put(*event, Course::Claimed(token), now + lease, self.most);
                Claim::Granted
            }
        };
        Box::pin(ready(Ok(claim)))
    }

    fn finish<'a>(&'a self, event: &'a EventKey, _: u64, window: Duration) -> StoreFuture<'a, ()> {
        let until = self.clock.now() + window;
        self.events().put(*event, Course::Done, until, self.most);
        Box::pin(ready(Ok(())))
    }

    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()> {
        let now = self.clock.now();
        let mut events = self.events();
        if events.at(event, now) == Some(Course::Claimed(token)) {
            events.remove(event);
        }
        Box::pin(ready(Ok(())))
    }
}

impl fmt::Debug for MemoryLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryLedger({} of {} events)", self.events().entries.len(), self.most)
    }
}

/// Events by their keys, and their keys by when they were written.
#[derive(Default)]
struct Events {
    entries: HashMap<EventKey, Entry>,
    order: BTreeMap<u64, EventKey>,
    written: u64,
}

struct Entry {
    course: Course,
    until: Timestamp,
    place: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Claimed(u64),
    Done,
}

impl Events {
    fn at(&self, event: &EventKey, now: Timestamp) -> Option<Course> {
        self.entries.get(event).filter(|entry| entry.until > now).map(|entry| entry.course)
    }

    fn put(&mut self, event: EventKey, course: Course, until: Timestamp, most: usize) {
        self.remove(&event);
        while self.entries.len() >= most {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.entries.remove(&oldest);
        }
        self.written += 1;
        self.order.insert(self.written, event);
        self.entries.insert(event, Entry { course, until, place: self.written });
    }

    fn remove(&mut self, event: &EventKey) {
        if let Some(entry) = self.entries.remove(event) {
            self.order.remove(&entry.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEASE: Duration = Duration::from_secs(300);
    const WINDOW: Duration = Duration::from_secs(3600);

    fn key(id: &str) -> EventKey {
        EventKey::new("Stripe", "/hooks", id)
    }

    fn ledger(most: usize) -> (MemoryLedger, Clock) {
        let clock = Clock::stopped(Timestamp::from_millis(0));
        (MemoryLedger::new(most).clock(clock.clone()), clock)
    }

    async fn claim(ledger: &MemoryLedger, id: &str, token: u64) -> Claim {
        ledger.claim(&key(id), token, LEASE).await.expect("memory answers")
    }

    async fn finish(ledger: &MemoryLedger, id: &str, token: u64) {
        ledger.finish(&key(id), token, WINDOW).await.expect("memory answers");
    }

    async fn release(ledger: &MemoryLedger, id: &str, token: u64) {
        ledger.release(&key(id), token).await.expect("memory answers");
    }

    #[tokio::test]
    async fn an_event_is_claimed_by_one_at_a_time_and_done_once() {
        let (ledger, _) = ledger(10);
        assert_eq!(claim(&ledger, "a", 1).await, Claim::Granted);
        assert_eq!(claim(&ledger, "a", 2).await, Claim::InProgress);
        assert_eq!(claim(&ledger, "b", 2).await, Claim::Granted);
        finish(&ledger, "a", 1).await;
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Done);
    }

    #[tokio::test]
    async fn a_claim_is_released_by_who_has_it() {
        let (ledger, _) = ledger(10);
        assert_eq!(claim(&ledger, "a", 1).await, Claim::Granted);
        release(&ledger, "a", 2).await;
        assert_eq!(claim(&ledger, "a", 2).await, Claim::InProgress);
        release(&ledger, "a", 1).await;
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Granted);
        finish(&ledger, "a", 2).await;
        release(&ledger, "a", 2).await;
        assert_eq!(claim(&ledger, "a", 3).await, Claim::Done);
    }

    #[tokio::test]
    async fn a_claim_runs_out_and_cannot_release_the_next_one() {
        let (ledger, clock) = ledger(10);
        assert_eq!(claim(&ledger, "a", 1).await, Claim::Granted);
        clock.advance(LEASE);
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Granted);
        release(&ledger, "a", 1).await;
        assert_eq!(claim(&ledger, "a", 3).await, Claim::InProgress);
        // It has been handled, if late.
        finish(&ledger, "a", 1).await;
        release(&ledger, "a", 2).await;
        assert_eq!(claim(&ledger, "a", 3).await, Claim::Done);
    }

    #[tokio::test]
    async fn what_was_done_is_remembered_for_the_window() {
        let (ledger, clock) = ledger(10);
        finish(&ledger, "a", 1).await;
        clock.advance(WINDOW.saturating_sub(Duration::from_millis(1)));
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Done);
        clock.advance(Duration::from_millis(1));
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Granted);
    }

    #[tokio::test]
    async fn the_oldest_are_forgotten_where_there_is_no_room() {
        let (ledger, _) = ledger(2);
        for id in ["a", "b", "c"] {
            finish(&ledger, id, 1).await;
        }
        assert_eq!(format!("{ledger:?}"), "MemoryLedger(2 of 2 events)");
        assert_eq!(claim(&ledger, "c", 2).await, Claim::Done);
        assert_eq!(claim(&ledger, "b", 2).await, Claim::Done);
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Granted);
        for id in 0..1_000 {
            let id = id.to_string();
            claim(&ledger, &id, 1).await;
            release(&ledger, &id, 1).await;
        }
        let events = ledger.events();
        assert_eq!((events.entries.len(), events.order.len()), (1, 1));
    }
}
