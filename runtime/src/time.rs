//! What time it is: the system's, or one that a test sets.

use core::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use std::{sync::Arc, time::SystemTime};

/// A moment, in milliseconds since the start of 1970 (UTC).
///
/// ```
/// use core::time::Duration;
/// use rutter::Timestamp;
///
/// let then = Timestamp::from_millis(1_500);
/// assert_eq!((then + Duration::from_secs(2)).since(then), Duration::from_secs(2));
/// assert_eq!(then.since(then + Duration::from_secs(2)), Duration::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// This many milliseconds after the start of 1970.
    pub const fn from_millis(millis: u64) -> Self {
        Timestamp(millis)
    }

    /// Milliseconds since the start of 1970.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// How long ago `earlier` was; zero when it is yet to come, as after a clock was set back.
    pub const fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The same in whole seconds.
    #[inline]
    pub(crate) const fn seconds_since(self, earlier: Timestamp) -> u64 {
        self.0.saturating_sub(earlier.0) / 1000
    }
}

impl core::ops::Add<Duration> for Timestamp {
    type Output = Timestamp;

    fn add(self, duration: Duration) -> Timestamp {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Timestamp(self.0.saturating_add(millis))
    }
}

/// Where the time comes from: the system, or a test.
///
/// ```
/// use core::time::Duration;
/// use rutter::{Clock, Timestamp};
///
/// let clock = Clock::stopped(Timestamp::from_millis(0));
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now(), Timestamp::from_millis(60_000));
/// ```
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<AtomicU64>>);

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Clock(None)
    }

    /// A clock that stands still until [`Clock::advance`] moves it: for tests. Clones move
    /// together.
    pub fn stopped(at: Timestamp) -> Self {
        Clock(Some(Arc::new(AtomicU64::new(at.0))))
    }

    /// The time.
    #[inline]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            None => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                Timestamp(since.as_secs() * 1000 + u64::from(since.subsec_millis()))
            }
            Some(stopped) => Timestamp(stopped.load(Ordering::Relaxed)),
        }
    }

    /// Moves a stopped clock forward. The system's goes by itself.
    pub fn advance(&self, by: Duration) {
        if let Some(stopped) = &self.0 {
            stopped.store((self.now() + by).0, Ordering::Relaxed);
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Clock(system)"),
            Some(_) => write!(f, "Clock(stopped at {})", self.now().0),
        }
    }
}
