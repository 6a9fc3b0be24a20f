//! The turns that this instance has: they are held for as long as it computes.

use core::time::Duration;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::{task::JoinHandle, time::sleep};

use crate::cache::redis::{
    commands,
    link::{Deadline, Link},
};

/// A task that ends when this is dropped.
#[derive(Debug)]
pub(super) struct Task(JoinHandle<()>);

impl Task {
    pub(super) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Task(tokio::spawn(work))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The turns of this instance, each with the task that holds it. They end with the store.
#[derive(Debug, Default)]
pub(super) struct Turns(Arc<Held>);

type Held = Mutex<HashMap<u64, Task>>;

impl Turns {
    /// Renews a turn each second until it is released, is somebody else's, or has lasted a minute: a handler that
    /// hangs must not keep everybody else from trying.
    pub(super) fn hold(&self, link: &Arc<Link>, turn: Vec<u8>, token: u64, timeout: Duration) {
        let (link, held) = (Arc::clone(link), Arc::downgrade(&self.0));
        let task = Task::spawn(async move {
            let command = commands::renew(&turn, token);
            for _ in 0..LONGEST {
                sleep(EVERY).await;
                // A failure is no loss yet: the turn lasts longer than the next attempt takes.
                if let Ok(0) = link.ask::<i64>(&command, Deadline::after(timeout)).await {
                    break;
                }
            }
            forget(&held, token);
        });
        lock(&self.0).insert(token, task);
    }

    pub(super) fn release(&self, token: u64) {
        lock(&self.0).remove(&token);
    }
}

/// How often a turn is renewed.
const EVERY: Duration = Duration::from_secs(1);
/// How many times.
const LONGEST: u32 = 60;

fn forget(held: &Weak<Held>, token: u64) {
    if let Some(held) = held.upgrade() {
        lock(&held).remove(&token);
    }
}

fn lock(held: &Held) -> std::sync::MutexGuard<'_, HashMap<u64, Task>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
