//! Where it stands which events have been handled: the trait that a shared one implements.

use core::{fmt, time::Duration};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::cache::StoreFuture;

/// Where it stands which events have been handled, and which are being handled now.
///
/// A ledger may be slow, hang or fail: an event is then handled without it, which at worst is once too often. None of
/// its futures may panic; they may be dropped at any time.
///
/// `Redis` (feature `redis`) is one that instances share, [`MemoryLedger`](crate::webhook::MemoryLedger) the default.
pub trait Ledger: fmt::Debug + Send + Sync + 'static {
    /// Claims an event for who has this token, unless it is done or somebody else has claimed it: all of it at once.
    /// Where a claim outlives the process it ends by itself after the lease, so that an event is not lost with who
    /// handles it. One that has this token already is granted anew, and its lease begins again.
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim>;

    /// Notes that an event has been handled, for as long as the window. Also when the claim has run out meanwhile: it
    /// has been handled all the same.
    fn finish<'a>(&'a self, event: &'a EventKey, token: u64, window: Duration) -> StoreFuture<'a, ()>;

    /// Gives up the claim that has this token: the event can be claimed again. What somebody else has claimed, or
    /// finished, is left alone.
    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()>;

    /// Whether claims outlive the process: they have a lease then, and are claimed again while a handler runs. By
    /// default they do.
    fn is_shared(&self) -> bool {
        true
    }
}

/// What has become of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is the caller's.
    Granted,
    /// Somebody else handles the event now.
    InProgress,
    /// The event has been handled.
    Done,
}

/// What an event is known by in a ledger: a digest of its provider, the pattern of the route that it came to,
/// and its id.
///
/// ```
/// use rutter::webhook::EventKey;
///
/// let key = EventKey::new("Stripe", "/hooks", "evt_1");
/// assert_ne!(key, EventKey::new("Stripe", "/hook", "sevt_1"));
/// assert_eq!(key.to_string().len(), 64);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventKey([u8; 32]);

impl EventKey {
    /// The key of this event.
    pub fn new(provider: &str, route: &str, id: &str) -> Self {
        let mut digest = Sha256::new();
        for part in [provider, route, id] {
            // Each behind its length, so that no other three parts are the same bytes.
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        EventKey(digest.finalize().into())
    }

    /// The bytes of the digest.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Sixty-four hexadecimal digits.
impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventKey({self})")
    }
}

impl<L: Ledger + ?Sized> Ledger for Arc<L> {
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim> {
        (**self).claim(event, token, lease)
    }

    fn finish<'a>(&'a self, event: &'a EventKey, token: u64, window: Duration) -> StoreFuture<'a, ()> {
        (**self).finish(event, token, window)
    }

    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()> {
        (**self).release(event, token)
    }

    fn is_shared(&self) -> bool {
        (**self).is_shared()
    }
}
