//! Waits that grow from attempt to attempt.

use core::time::Duration;

use crate::chance::jittered;

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
        jittered(whole)
    }
}

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use super::*;

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
