//! The store beyond this process: what another instance has made is not made again.

use core::time::Duration;
use std::sync::Arc;

use tokio::time::{Instant, sleep};

use crate::{
    cache::{CacheKey, Far, Freshness, Kept, Label, Landing, Shelf, Turn, freshness},
    service::cached::target::Target,
};

/// Where an answer comes from.
pub(super) enum Elsewhere {
    /// Another instance has made it.
    Found(Arc<Kept>),
    /// It is made here. Without a turn the store does not answer; one without a token is another instance's.
    Turn(Option<Turn>),
}

/// Looks for what another instance has made, and waits while one makes it. Where a stale answer is made anew, only a
/// fresh one counts, and nobody waits.
///
/// `longest` is what those who asked have in all: whatever is waited for here, half of it is left for the handler.
pub(super) async fn find(target: &Target, far: &Far, refreshes: bool, longest: Duration) -> Elsewhere {
    let patience = PATIENCE.min(longest / 2);
    let until = Instant::now() + patience;
    far.attend(patience).await;
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(kept) = look(target, far, refreshes).await {
            return Elsewhere::Found(kept);
        }
        let Some(turn) = far.begin(&target.shared_key, &target.labels).await else { return Elsewhere::Turn(None) };
        if let Some(token) = turn.token {
            // The one who had the turn before may have ended between the first look and this one.
            let Some(kept) = look(target, far, refreshes).await else { return Elsewhere::Turn(Some(turn)) };
            far.end(&target.shared_key, token).await;
            return Elsewhere::Found(kept);
        }
        let left = until.saturating_duration_since(Instant::now());
        if refreshes || left.is_zero() {
            return Elsewhere::Turn(Some(turn));
        }
        sleep(pause.min(left)).await;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// The longest that another instance is waited for: it may have ended without a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How far the clocks of two instances may be apart.
const SKEW: Duration = Duration::from_secs(2);

async fn look(target: &Target, far: &Far, refreshes: bool) -> Option<Arc<Kept>> {
    let mut found = far.get(&target.shared_key, &target.labels).await?;
    let now = target.keeper.clock.now();
    // The clock of whoever has made it may be ahead: that must not make it live longer. How old it is nobody knows, so
    // it is made anew.
    let stale = found.stale || found.entry.made > now + SKEW;
    found.entry.made = found.entry.made.min(now);
    let kept = Kept::found(found.entry, target.claim.seal.clone(), stale);
    match freshness(kept.made, kept.holds(), target.shelf.policy, now) {
        Freshness::Fresh { .. } => {}
        Freshness::Stale { .. } if !refreshes => {}
        Freshness::Stale { .. } | Freshness::Miss => return None,
    }
    #[cfg(feature = "compression")]
    let kept = kept.compressing(target.keeper.compression);
    let kept = Arc::new(kept);
    target.shelf.keep(&target.keeper.memory, &target.key, &kept);
    Some(kept)
}

/// Gives other instances what was made here, and ends the turn.
pub(super) async fn put(far: &Far, shelf: &Shelf, key: &CacheKey, labels: &[Label], turn: &Turn, landing: &Landing) {
    if let Landing::Kept(kept) = landing {
        far.put(key, labels, &turn.seal, &kept.entry(), shelf.keeps_for()).await;
    }
    if let Some(token) = turn.token {
        far.end(key, token).await;
    }
}
