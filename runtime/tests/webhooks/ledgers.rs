//! Ledgers of other people.

use core::future::pending;
use std::{collections::HashSet, sync::Mutex};

use rutter::{
    cache::{StoreError, StoreFuture},
    webhook::{Claim, EventKey, Ledger},
};

use crate::*;

/// A ledger that takes its time, and remembers what it was told.
#[derive(Debug, Default)]
pub(crate) struct Slow {
    done: Mutex<HashSet<EventKey>>,
    told: Mutex<Vec<&'static str>>,
}

impl Slow {
    pub(crate) fn told(&self) -> Vec<&'static str> {
        self.told.lock().expect("no panic while it is held").clone()
    }

    async fn tell(&self, what: &'static str) {
        sleep(Duration::from_millis(50)).await;
        self.told.lock().expect("no panic while it is held").push(what);
    }
}

impl Ledger for Slow {
    fn claim<'a>(&'a self, event: &'a EventKey, _: u64, _: Duration) -> StoreFuture<'a, Claim> {
        Box::pin(async move {
            self.tell("claim").await;
            let is_done = self.done.lock().expect("no panic while it is held").contains(event);
            Ok(if is_done { Claim::Done } else { Claim::Granted })
        })
    }

    fn finish<'a>(&'a self, event: &'a EventKey, _: u64, _: Duration) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.tell("finish").await;
            self.done.lock().expect("no panic while it is held").insert(*event);
            Ok(())
        })
    }

    fn release<'a>(&'a self, _: &'a EventKey, _: u64) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.tell("release").await;
            Ok(())
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
