//! Keeping a claim for as long as its handler runs.

use core::time::Duration;
use std::sync::Arc;

use tokio::{runtime::Handle, sync::oneshot, task::JoinHandle, time::timeout};

use crate::webhook::{Claim, EventKey, Ledger, once::in_time};

/// A task that claims an event again and again, until this is ended or dropped.
pub(super) struct Renewal {
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Renewal {
    /// Renews a claim with this lease, thrice in its time: a ledger may fail once.
    pub(super) fn begin(
        runtime: &Handle,
        ledger: Arc<dyn Ledger>,
        event: EventKey,
        token: u64,
        lease: Duration,
    ) -> Renewal {
        let (end, mut ended) = oneshot::channel();
        let task = runtime.spawn(async move {
            while timeout(lease / 3, &mut ended).await.is_err() {
                match in_time(ledger.claim(&event, token, lease)).await {
                    Ok(Claim::Granted) => {}
                    // The claim ran out while the ledger was away.
                    Ok(_) => return tracing::warn!(?ledger, "an event that is being handled was claimed by another"),
                    Err(error) => tracing::warn!(%error, ?ledger, "the claim of an event is not renewed"),
                }
            }
        });
        Renewal { end, task }
    }

    /// Ends it, and waits until nothing is under way that could claim the event after its end was written down.
    pub(super) async fn end(self) {
        drop(self.end);
        drop(self.task.await);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::time::sleep;

    use super::*;
    use crate::cache::{StoreError, StoreFuture};

    const LEASE: Duration = Duration::from_secs(300);

    /// Answers claims as it is told to, and counts them.
    #[derive(Debug, Default)]
    struct Told {
        answers: Mutex<Vec<Result<Claim, StoreError>>>,
        asked: Mutex<usize>,
    }

    impl Told {
        fn asked(&self) -> usize {
            *self.asked.lock().expect("no panic while it is held")
        }
    }

    impl Ledger for Told {
        fn claim<'a>(&'a self, _: &'a EventKey, token: u64, lease: Duration) -> StoreFuture<'a, Claim> {
            assert_eq!((token, lease), (7, LEASE));
            *self.asked.lock().expect("no panic while it is held") += 1;
            let answer = self.answers.lock().expect("no panic while it is held").pop();
            Box::pin(async move {
                sleep(Duration::from_millis(500)).await;
                answer.unwrap_or(Ok(Claim::Granted))
            })
        }

        fn finish<'a>(&'a self, _: &'a EventKey, _: u64, _: Duration) -> StoreFuture<'a, ()> {
            unreachable!("a renewal claims")
        }

        fn release<'a>(&'a self, _: &'a EventKey, _: u64) -> StoreFuture<'a, ()> {
            unreachable!("a renewal claims")
        }
    }

    fn begin(ledger: &Arc<Told>) -> Renewal {
        let event = EventKey::new("Stripe", "/hooks", "evt_1");
        Renewal::begin(&Handle::current(), Arc::clone(ledger) as Arc<dyn Ledger>, event, 7, LEASE)
    }

    #[tokio::test(start_paused = true)]
    async fn a_claim_is_renewed_thrice_in_a_lease_until_its_end() {
        let ledger = Arc::new(Told::default());
        let renewal = begin(&ledger);
        sleep(LEASE + Duration::from_secs(5)).await;
        assert_eq!(ledger.asked(), 2 + 1);
        renewal.end().await;
        sleep(LEASE * 10).await;
        assert_eq!(ledger.asked(), 3);
        drop(begin(&ledger));
        sleep(LEASE * 10).await;
        assert_eq!(ledger.asked(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_under_way_is_waited_for() {
        let ledger = Arc::new(Told::default());
        let renewal = begin(&ledger);
        sleep(LEASE / 3 + Duration::from_millis(100)).await;
        assert_eq!(ledger.asked(), 1);
        let begun = tokio::time::Instant::now();
        renewal.end().await;
        assert!(begun.elapsed() >= Duration::from_millis(400));
    }

    #[tokio::test(start_paused = true)]
    async fn a_ledger_that_fails_is_asked_again_and_a_claim_that_is_lost_is_not() {
        let ledger = Arc::new(Told::default());
        *ledger.answers.lock().expect("no panic while it is held") =
            vec![Ok(Claim::InProgress), Err(StoreError::new("on purpose"))];
        let _renewal = begin(&ledger);
        sleep(LEASE * 10).await;
        assert_eq!(ledger.asked(), 2);
    }
}
