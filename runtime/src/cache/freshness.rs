//! Whether a kept answer may be served, and whether it has to be made anew.

use core::time::Duration;

use crate::{
    cache::{CachePolicy, Holds},
    time::Timestamp,
};

/// What may be done with a kept answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It is served; for this much longer, or until it is revalidated.
    Fresh {
        /// How long it stays fresh by itself.
        ttl: Option<Duration>,
    },
    /// It is served, and made anew behind the answer.
    Stale {
        /// How long it has been stale; zero when somebody has marked it.
        past: Duration,
    },
    /// It is not served.
    Miss,
}

/// Whether an answer that was made then may be served now.
///
/// ```
/// use core::time::Duration;
/// use rutter::{CachePolicy, Timestamp, cache::{Freshness, Holds, freshness}};
///
/// let minute = CachePolicy::Revalidate { every: Duration::from_secs(60), stale_for: None };
/// let made = Timestamp::from_millis(0);
/// let now = Timestamp::from_millis(19_000);
/// assert_eq!(freshness(made, Holds::Whole, minute, now), Freshness::Fresh { ttl: Some(Duration::from_secs(41)) });
/// ```
#[inline]
pub fn freshness(made: Timestamp, holds: Holds, policy: CachePolicy, now: Timestamp) -> Freshness {
    if holds == Holds::Broken {
        return Freshness::Miss;
    }
    let CachePolicy::Revalidate { every, stale_for } = policy else {
        return match (policy, holds) {
            (CachePolicy::Dynamic, _) => Freshness::Miss,
            (_, Holds::Stale) => Freshness::Stale { past: Duration::ZERO },
            _ => Freshness::Fresh { ttl: None },
        };
    };
    let age = now.since(made);
    let (ttl, past) = (every.saturating_sub(age), age.saturating_sub(every));
    if ttl.is_zero() && stale_for.is_some_and(|bound| past >= bound) {
        return Freshness::Miss;
    }
    if ttl.is_zero() || holds == Holds::Stale { Freshness::Stale { past } } else { Freshness::Fresh { ttl: Some(ttl) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn an_answer_is_fresh_then_stale_then_gone() {
        use Freshness::{Fresh, Miss, Stale};
        use Holds::{Broken, Whole};

        let forever = CachePolicy::Revalidate { every: seconds(60), stale_for: None };
        let bounded = CachePolicy::Revalidate { every: seconds(60), stale_for: Some(seconds(10)) };
        let strict = CachePolicy::Revalidate { every: seconds(60), stale_for: Some(seconds(0)) };
        let marked = Holds::Stale;
        let table = [
            // age in seconds, what the seal says, policy, what may be done
            (0, Whole, CachePolicy::Dynamic, Miss),
            (0, Whole, CachePolicy::Static, Fresh { ttl: None }),
            (1_000_000, Whole, CachePolicy::Static, Fresh { ttl: None }),
            (5, marked, CachePolicy::Static, Stale { past: seconds(0) }),
            (5, Broken, CachePolicy::Static, Miss),
            (0, Whole, forever, Fresh { ttl: Some(seconds(60)) }),
            (59, Whole, forever, Fresh { ttl: Some(seconds(1)) }),
            (60, Whole, forever, Stale { past: seconds(0) }),
            (61, Whole, forever, Stale { past: seconds(1) }),
            (1_000_000, Whole, forever, Stale { past: seconds(999_940) }),
            (5, marked, forever, Stale { past: seconds(0) }),
            (65, marked, forever, Stale { past: seconds(5) }),
            (5, Broken, forever, Miss),
            (69, Whole, bounded, Stale { past: seconds(9) }),
            (70, Whole, bounded, Miss),
            (70, marked, bounded, Miss),
            (59, Whole, strict, Fresh { ttl: Some(seconds(1)) }),
            (60, Whole, strict, Miss),
        ];
        for (age, holds, policy, expected) in table {
            let (made, now) = (Timestamp::from_millis(7_000), Timestamp::from_millis(7_000 + age * 1000));
            assert_eq!(freshness(made, holds, policy, now), expected, "{age} s old, {holds:?}, {policy:?}");
        }
    }

    #[test]
    fn an_answer_from_the_future_is_new() {
        let minute = CachePolicy::Revalidate { every: seconds(60), stale_for: None };
        let (made, now) = (Timestamp::from_millis(9_000), Timestamp::from_millis(1_000));
        assert_eq!(freshness(made, Holds::Whole, minute, now), Freshness::Fresh { ttl: Some(seconds(60)) });
    }
}
