//! Who has heard what this instance has revalidated.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::mpsc;

/// The revalidations whose hearers are still counted.
#[derive(Debug, Default)]
pub(super) struct Acks {
    last: AtomicU64,
    awaited: Mutex<HashMap<u64, mpsc::UnboundedSender<()>>>,
}

/// One of them; not counted any more once it is dropped.
#[derive(Debug)]
pub(super) struct Awaited<'a> {
    acks: &'a Acks,
    pub(super) sequence: u64,
    heard: mpsc::UnboundedReceiver<()>,
}

impl Acks {
    /// Begins to count, before the message is sent: an answer may be there sooner than the sender knows that it has
    /// sent.
    pub(super) fn await_next(&self) -> Awaited<'_> {
        let sequence = self.last.fetch_add(1, Ordering::Relaxed);
        let (sender, heard) = mpsc::unbounded_channel();
        self.awaited().insert(sequence, sender);
        Awaited { acks: self, sequence, heard }
    }

    /// Somebody has heard it.
    pub(super) fn heard(&self, sequence: u64) {
        if let Some(sender) = self.awaited().get(&sequence) {
            // The receiver is there until it is taken from the list.
            let _ = sender.send(());
        }
    }

    fn awaited(&self) -> std::sync::MutexGuard<'_, HashMap<u64, mpsc::UnboundedSender<()>>> {
        self.awaited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Awaited<'_> {
    /// Waits until so many have heard it.
    pub(super) async fn by(&mut self, listeners: u64) {
        for _ in 0..listeners {
            self.heard.recv().await;
        }
    }
}

impl Drop for Awaited<'_> {
    fn drop(&mut self) {
        self.acks.awaited().remove(&self.sequence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_revalidation_counts_its_own_hearers() {
        let acks = Acks::default();
        let (mut first, mut second) = (acks.await_next(), acks.await_next());
        acks.heard(first.sequence);
        acks.heard(second.sequence);
        acks.heard(second.sequence);
        acks.heard(99);
        first.by(1).await;
        second.by(2).await;
        drop((first, second));
        assert!(acks.awaited().is_empty());
    }
}
