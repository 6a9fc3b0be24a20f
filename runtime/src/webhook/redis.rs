//! Events that instances of an application handle once together, in Redis.

use core::time::Duration;

use crate::{
    cache::{Redis, StoreFuture},
    webhook::{Claim, EventKey, Ledger},
};

/// Events are handled once by all instances with one prefix. One Redis serves for this and for kept answers:
///
/// ```
/// use std::sync::Arc;
/// use rutter::{Caching, Redis, Secret, Stripe};
///
/// let redis = Arc::new(Redis::new("redis://127.0.0.1:6379")?.prefix("storefront"));
/// let caching = Caching::default().store(Arc::clone(&redis));
/// let stripe = Stripe::new(Secret::new("whsec_new")?).once_in(redis);
/// # let _ = (caching, stripe);
/// # Ok::<(), rutter::Error>(())
/// ```
impl Ledger for Redis {
    fn claim<'a>(&'a self, event: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim> {
        Box::pin(async move {
            Ok(match self.claim_event(event.as_bytes(), token, lease).await? {
                0 => Claim::Granted,
                1 => Claim::InProgress,
                _ => Claim::Done,
            })
        })
    }

    fn finish<'a>(&'a self, event: &'a EventKey, _: u64, window: Duration) -> StoreFuture<'a, ()> {
        Box::pin(self.finish_event(event.as_bytes(), window))
    }

    fn release<'a>(&'a self, event: &'a EventKey, token: u64) -> StoreFuture<'a, ()> {
        Box::pin(self.release_event(event.as_bytes(), token))
    }
}
