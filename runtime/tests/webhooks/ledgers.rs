//! Ledgers of other people.

use core::future::pending;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use rutter::{
    cache::{StoreError, StoreFuture},
    webhook::{Claim, EventKey, Ledger},
};
use tokio::time::Instant;

use crate::*;

/// A ledger that takes its time, and remembers what it was told. It keeps to its leases, and refuses a token that has no
/// claim.
#[derive(Debug)]
pub(crate) struct Slow {
    takes: Duration,
    courses: Mutex<HashMap<EventKey, Course>>,
    told: Mutex<Vec<&'static str>>,
}

#[derive(Debug, Clone, Copy)]
enum Course {
    Claimed { token: u64, until: Instant },
    Done,
}

impl Slow {
    pub(crate) fn taking(takes: Duration) -> Self {
        Slow { takes, courses: Mutex::default(), told: Mutex::default() }
    }

    pub(crate) fn told(&self) -> Vec<&'static str> {
        self.told.lock().expect("no panic while it is held").clone()
    }

    /// How many events are claimed, and how many are done.
    pub(crate) fn entries(&self) -> (usize, usize) {
        let courses = self.courses();
        let done = courses.values().filter(|course| matches!(course, Course::Done)).count();
        (courses.len() - done, done)
    }

    fn tell(&self, what: &'static str) {
        self.told.lock().expect("no panic while it is held").push(what);
    }

    fn courses(&self) -> MutexGuard<'_, HashMap<EventKey, Course>> {
        self.courses.lock().expect("no panic while it is held")
    }

    fn claimed(&self, event: &EventKey, token: u64, lease: Duration) -> Claim {
        let (mut courses, now) = (self.courses(), Instant::now());
        match courses.get(event) {
            Some(Course::Done) => Claim::Done,
            Some(Course::Claimed { token: other, until }) if *other != token && *until > now => Claim::InProgress,
            _ => {
                courses.insert(*event, Course::Claimed { token, until: now + lease });
                Claim::Granted
            }
        }
    }

    /// Ends the claim of this token.
    fn ended(&self, event: &EventKey, token: u64, then: Option<Course>) -> Result<(), StoreError> {
        let mut courses = self.courses();
        if !matches!(courses.get(event), Some(Course::Claimed { token: other, .. }) if *other == token) {
            self.tell("a token without a claim");
            return Err(StoreError::new("it has no claim"));
        }
        courses.remove(event);
        courses.extend(then.map(|course| (*event, course)));
        Ok(())
    }
}

impl Default for Slow {
    fn default() -> Self {
        Slow::taking(Duration::from_millis(50))
    }
}

impl Ledger for Slow {
    /// As over a network, it is done before its answer is there.
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim> {
        Box::pin(async move {
            self.tell("claim");
            let claim = self.claimed(event, token, lease);
            sleep(self.takes).await;
            Ok(claim)
        })
    }

    fn finish<'a>(&'a self, event: &'a EventKey, token: u64, _: Duration) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            sleep(self.takes).await;
            self.tell("finish");
            self.ended(event, token, Some(Course::Done))
        })
    }

    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            sleep(self.takes).await;
            self.tell("release");
            self.ended(event, token, None)
        })
    }
}

/// A ledger that does not work.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Broken {
    Fails,
    Hangs,
    PanicsInTheEnd,
}

impl Broken {
    fn answer<'a, T: Send + 'a>(self, otherwise: T) -> StoreFuture<'a, T> {
        match self {
            Broken::Fails => Box::pin(async { Err(StoreError::new("on purpose")) }),
            Broken::Hangs => Box::pin(pending()),
            Broken::PanicsInTheEnd => Box::pin(async { Ok(otherwise) }),
        }
    }
}

impl Ledger for Broken {
    fn claim<'a>(&'a self, _: &'a EventKey, _: u64, _: Duration) -> StoreFuture<'a, Claim> {
        self.answer(Claim::Granted)
    }

    fn finish<'a>(&'a self, _: &'a EventKey, _: u64, _: Duration) -> StoreFuture<'a, ()> {
        match self {
            Broken::PanicsInTheEnd => Box::pin(async { panic!("on purpose") }),
            _ => self.answer(()),
        }
    }

    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()> {
        self.finish(event, token, Duration::ZERO)
    }
}
