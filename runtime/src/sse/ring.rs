//! The last events of a broadcast, and who listens to it.

use core::task::Waker;
use std::collections::VecDeque;

use crate::sse::Event;

/// The last events of a broadcast, numbered from 0, and who listens to it.
#[derive(Debug, Default)]
pub(super) struct Ring {
    events: VecDeque<Event>,
    /// The number of the first of them.
    first: u64,
    capacity: usize,
    /// The event that the first of them is behind: who has seen it has missed nothing.
    before: Option<Event>,
    is_closed: bool,
    seats: Vec<Seat>,
    free: Vec<usize>,
}

/// The place of a listener: who waits there.
pub(super) type Seat = Option<Waker>;

/// What a listener finds.
#[derive(Debug)]
pub(super) enum Next {
    Event(Event),
    /// Events are gone that it has not had: the number of the first that is there.
    Behind(u64),
    /// Nothing yet. What waited in its place before is given back, to be dropped elsewhere.
    Pending(Seat),
    Closed,
}

impl Ring {
    pub(super) fn new(capacity: usize) -> Self {
        Ring { capacity: capacity.max(1), ..Ring::default() }
    }

    /// Tells which event the first of all will be behind.
    pub(super) fn begin_after(&mut self, event: Event) {
        self.before = Some(event);
    }

    /// Adds an event. What is not needed any more is given back, to be dropped elsewhere.
    pub(super) fn push(&mut self, event: Event) -> Option<Event> {
        self.events.push_back(event);
        if self.events.len() <= self.capacity {
            return None;
        }
        self.first += 1;
        core::mem::replace(&mut self.before, self.events.pop_front())
    }

    /// The number of the next event.
    pub(super) fn end(&self) -> u64 {
        self.first + self.events.len() as u64
    }

    /// The number of the event behind the last that has this id; or else of the first, with `false`.
    pub(super) fn after(&self, id: &str) -> (u64, bool) {
        match self.events.iter().rposition(|event| event.has_id(id)) {
            Some(index) => (self.first + index as u64 + 1, true),
            None => (self.first, self.before.as_ref().is_some_and(|event| event.has_id(id))),
        }
    }

    /// What a listener finds at this number. When it is nothing, it waits.
    pub(super) fn at(&mut self, number: u64, seat: usize, waker: &Waker) -> Next {
        let Some(index) = number.checked_sub(self.first) else { return Next::Behind(self.first) };
        if let Some(event) = usize::try_from(index).ok().and_then(|index| self.events.get(index)) {
            return Next::Event(event.clone());
        }
        if self.is_closed {
            return Next::Closed;
        }
        match &mut self.seats[seat] {
            Some(known) if known.will_wake(waker) => Next::Pending(None),
            other => Next::Pending(other.replace(waker.clone())),
        }
    }

    pub(super) fn sit_down(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.seats.push(None);
            self.seats.len() - 1
        })
    }

    /// What it leaves behind is given back, to be dropped elsewhere.
    pub(super) fn get_up(&mut self, seat: usize) -> Seat {
        let left = self.seats[seat].take();
        self.free.push(seat);
        if self.listeners() == 0 {
            (self.seats, self.free) = (Vec::new(), Vec::new());
        }
        left
    }

    pub(super) fn listeners(&self) -> usize {
        self.seats.len() - self.free.len()
    }

    pub(super) fn close(&mut self) {
        self.is_closed = true;
    }

    /// All who wait, to be woken outside of the lock.
    pub(super) fn waiting(&mut self) -> Vec<Waker> {
        self.seats.iter_mut().filter_map(Seat::take).collect()
    }
}
