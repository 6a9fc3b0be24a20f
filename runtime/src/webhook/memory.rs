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

/// The events that this process has handled, a hundred thousand by default, about twenty megabytes; of more those are
/// forgotten that would be the first anyway, and one that is being handled only when all of them are.
///
/// A claim stands until it is given up, however long a handler runs: its process takes the ledger along when it dies.
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
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, _: Duration) -> StoreFuture<'a, Claim> {
        let now = self.clock.now();
        let mut events = self.events();
        let claim = match events.at(event, now) {
            Some(Course::Done) => Claim::Done,
            Some(Course::Claimed(other)) if other != token => Claim::InProgress,
            _ => {
                events.put(*event, Course::Claimed(token), now, self.most);
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

    fn is_shared(&self) -> bool {
        false
    }
}

impl fmt::Debug for MemoryLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryLedger({} of {} events)", self.events().entries.len(), self.most)
    }
}

/// Events by their keys, and their keys in the order in which they are forgotten where there is no room.
#[derive(Default)]
struct Events {
    entries: HashMap<EventKey, Entry>,
    order: BTreeMap<Rank, EventKey>,
    written: u64,
}

struct Entry {
    course: Course,
    rank: Rank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Claimed(u64),
    Done,
}

/// What is done goes first, by its end, so that first of all goes what has run out; then claims, by their age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_claimed: bool,
    /// Of what is done its end, of a claim its begin.
    at: Timestamp,
    number: u64,
}

impl Events {
    fn at(&self, event: &EventKey, now: Timestamp) -> Option<Course> {
        let lasts = |entry: &&Entry| entry.rank.is_claimed || entry.rank.at > now;
        self.entries.get(event).filter(lasts).map(|entry| entry.course)
    }

    fn put(&mut self, event: EventKey, course: Course, at: Timestamp, most: usize) {
        self.remove(&event);
        while self.entries.len() >= most {
            let Some((_, first)) = self.order.pop_first() else { break };
            self.entries.remove(&first);
        }
        self.written += 1;
        let rank = Rank { is_claimed: matches!(course, Course::Claimed(_)), at, number: self.written };
        self.order.insert(rank, event);
        self.entries.insert(event, Entry { course, rank });
    }

    fn remove(&mut self, event: &EventKey) {
        if let Some(entry) = self.entries.remove(event) {
            self.order.remove(&entry.rank);
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
    async fn a_claim_stands_until_it_is_given_up() {
        let (ledger, clock) = ledger(10);
        assert_eq!(claim(&ledger, "a", 1).await, Claim::Granted);
        clock.advance(LEASE * 1_000);
        assert_eq!(claim(&ledger, "a", 2).await, Claim::InProgress);
        release(&ledger, "a", 1).await;
        assert_eq!(claim(&ledger, "a", 2).await, Claim::Granted);
        clock.advance(LEASE * 1_000);
        // It has been handled, whoever says so.
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
    async fn where_there_is_no_room_what_is_done_is_forgotten_before_what_is_being_handled() {
        let (ledger, clock) = ledger(3);
        assert_eq!(claim(&ledger, "runs", 1).await, Claim::Granted);
        finish(&ledger, "a", 1).await;
        clock.advance(Duration::from_secs(1));
        for id in ["b", "c", "d"] {
            finish(&ledger, id, 1).await;
        }
        assert_eq!(claim(&ledger, "runs", 2).await, Claim::InProgress);
        assert_eq!((claim(&ledger, "c", 2).await, claim(&ledger, "d", 2).await), (Claim::Done, Claim::Done));
        // Only where everything else is being handled as well, the oldest claim is given up.
        for id in ["e", "f", "g"] {
            assert_eq!(claim(&ledger, id, 1).await, Claim::Granted);
        }
        assert_eq!(claim(&ledger, "g", 2).await, Claim::InProgress);
        assert_eq!(claim(&ledger, "runs", 2).await, Claim::Granted);
    }

    #[tokio::test]
    async fn what_has_run_out_is_forgotten_first() {
        let (ledger, clock) = ledger(2);
        let short = Duration::from_secs(60);
        finish(&ledger, "a", 1).await;
        ledger.finish(&key("b"), 1, short).await.expect("memory answers");
        clock.advance(short);
        finish(&ledger, "c", 1).await;
        assert_eq!((claim(&ledger, "a", 2).await, claim(&ledger, "c", 2).await), (Claim::Done, Claim::Done));
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
