//! Leaving a store alone while it fails.

use core::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use crate::{chance::jittered, time::Timestamp};

/// What a store is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Get,
    Begin,
    Put,
    Remove,
    End,
    Revalidate,
}

/// Which calls fail, and until when they are not tried again.
///
/// A store that reads may refuse to write. So each call has failures of its own; what changes something rests for
/// itself, and everything rests while nothing can be read.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: [AtomicU64; 6],
    /// Nothing is read before this time, in milliseconds, and nothing changed.
    reads: AtomicU64,
    /// Nothing is changed before this time.
    writes: AtomicU64,
}

impl Breaker {
    pub(super) fn rests(&self, call: Call, now: Timestamp) -> bool {
        let until = if call == Call::Get { &self.reads } else { &self.writes };
        now.millis() < until.load(Ordering::Relaxed)
    }

    /// It has answered; whether it had failed before.
    pub(super) fn answered(&self, call: Call) -> bool {
        self.failures[call as usize].swap(0, Ordering::Relaxed) > 0
    }

    /// It has failed, and rests for so long; whether it had answered before.
    pub(super) fn failed(&self, call: Call, now: Timestamp) -> (Duration, bool) {
        let failures = self.failures[call as usize].fetch_add(1, Ordering::Relaxed);
        let rest = pause(failures);
        let until = (now + rest).millis();
        self.writes.fetch_max(until, Ordering::Relaxed);
        if call == Call::Get {
            self.reads.fetch_max(until, Ordering::Relaxed);
        }
        (rest, failures == 0)
    }

    /// It is there again: nothing rests any more.
    pub(super) fn wake(&self) {
        self.reads.store(0, Ordering::Relaxed);
        self.writes.store(0, Ordering::Relaxed);
    }
}

/// How long a store is left alone after so many failures: a tenth of a second at first, ten seconds at most, a part of
/// it by chance, so that instances do not come back at one moment.
pub(super) fn pause(failures: u64) -> Duration {
    let longest = Duration::from_millis(100 << failures.min(7)).min(Duration::from_secs(10));
    jittered(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_seconds() {
        for (failures, longest) in [(0, 100), (1, 200), (6, 6_400), (7, 10_000), (1_000, 10_000)] {
            let pause = pause(failures);
            let longest = Duration::from_millis(longest);
            assert!(pause >= longest / 2 && pause <= longest, "{failures}: {pause:?}");
        }
    }

    #[test]
    fn a_store_that_reads_and_does_not_write_rests_longer_and_longer() {
        let (breaker, mut now) = (Breaker::default(), Timestamp::from_millis(1_000_000));
        for failures in 0..8 {
            assert!(!breaker.answered(Call::Get), "it has always answered");
            let (rest, first) = breaker.failed(Call::Begin, now);
            assert_eq!(first, failures == 0, "it is told once");
            assert!(rest >= pause(failures) / 2, "{failures}: {rest:?}");
            assert!(breaker.rests(Call::Put, now) && !breaker.rests(Call::Get, now));
            now = now + rest;
            assert!(!breaker.rests(Call::Begin, now));
        }
        assert!(breaker.answered(Call::Begin));
        assert!(breaker.failed(Call::Begin, now).1, "and once more after it has answered");
    }

    #[test]
    fn a_store_that_cannot_be_read_is_not_asked_for_anything() {
        let (breaker, now) = (Breaker::default(), Timestamp::from_millis(1_000_000));
        breaker.failed(Call::Get, now);
        for call in [Call::Get, Call::Begin, Call::Put, Call::Remove, Call::End] {
            assert!(breaker.rests(call, now), "{call:?}");
        }
        breaker.wake();
        assert!(!breaker.rests(Call::Get, now) && !breaker.rests(Call::Begin, now));
    }
}
