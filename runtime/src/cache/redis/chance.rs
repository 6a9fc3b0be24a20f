//! Numbers that nobody has had before, and waits that grow.

use core::{
    hash::{BuildHasher, Hasher},
    time::Duration,
};
use std::hash::RandomState;

/// A number that no instance is likely to have drawn before: versions, tokens, senders.
///
/// The standard library seeds its hasher from the operating system and takes another key each time, so the digest of
/// nothing is a fresh number. It is not meant to be kept secret.
pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// How long to wait before the next attempt: 50 ms, then twice as long each time up to 2 s, of which up to a half
/// is left out by chance, so that instances do not come all at once.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) fn next(&mut self) -> Duration {
        let whole = FIRST.saturating_mul(1 << self.failures.min(6)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let part = 512 + u32::try_from(random() % 513).unwrap_or_default();
        whole * part / 1024
    }
}

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_number_comes_twice() {
        let numbers: HashSet<u64> = (0..10_000).map(|_| random()).collect();
        assert_eq!(numbers.len(), 10_000);
    }

    #[test]
    fn waits_grow_up_to_two_seconds() {
        let mut backoff = Backoff::default();
        for most in [50, 100, 200, 400, 800, 1600, 2000, 2000, 2000] {
            let wait = backoff.next();
            assert!(wait <= Duration::from_millis(most), "{wait:?} of {most} ms");
            assert!(wait >= Duration::from_millis(most / 2), "{wait:?} of {most} ms");
        }
    }
}
