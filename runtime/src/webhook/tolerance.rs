//! How far the time of a signature may be away from the time here.

use core::time::Duration;

use crate::{time::Clock, webhook::Refused};

/// How far the time of a signature may be away from the time here, before and after: five minutes by default.
///
/// A delivery that somebody has recorded is of no use to them for longer than that. It is checked once the signature
/// has matched, so that only who knows a secret learns what time it is here.
///
/// ```
/// use core::time::Duration;
/// use rutter::{Clock, Timestamp, webhook::Tolerance};
///
/// let clock = Clock::stopped(Timestamp::from_millis(1_700_000_000_000));
/// let tolerance = Tolerance::new(Duration::from_secs(60)).clock(clock.clone());
/// assert!(tolerance.check("x-time", "1700000000").is_ok());
/// assert!(tolerance.check("x-time", "+1700000000").is_err());
/// clock.advance(Duration::from_secs(61));
/// let late = tolerance.check("x-time", "1700000000").unwrap_err();
/// assert_eq!(late.to_string(), "the time of the signature is more than 60 s away from the time here");
/// ```
#[derive(Debug, Clone)]
pub struct Tolerance {
    within: Duration,
    clock: Clock,
}

impl Tolerance {
    /// So much in both directions.
    pub fn new(within: Duration) -> Self {
        Tolerance { within, clock: Clock::system() }
    }

    /// Takes the time from this clock: for tests.
    pub fn clock(self, clock: Clock) -> Self {
        Tolerance { clock, ..self }
    }

    /// The same with another width.
    pub(super) fn within(self, within: Duration) -> Self {
        Tolerance { within, ..self }
    }

    /// Whether a time, which the header of this name has said, is near enough: seconds since the start of 1970, in
    /// decimal digits and nothing else. The very edge is near enough.
    ///
    /// # Errors
    /// [`Refused::Unclear`] when it is no such number, [`Refused::Untimely`] when it is too far away.
    pub fn check(&self, header: &'static str, time: &str) -> Result<(), Refused> {
        let then = seconds(time).ok_or(Refused::Unclear(header))?;
        let now = self.clock.now().millis() / 1000;
        if Duration::from_secs(now.abs_diff(then)) > self.within {
            return Err(Refused::Untimely(self.within));
        }
        Ok(())
    }

    /// How long one delivery can be believed in all: from as long before its time as after it, up to the end of the last
    /// second. A [`Provider`](crate::webhook::Provider) with a tolerance says this of itself.
    pub fn validity(&self) -> Duration {
        self.within.saturating_mul(2).saturating_add(Duration::from_secs(1))
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Tolerance::new(Duration::from_secs(300))
    }
}

/// `str::parse` would take a `+`.
fn seconds(text: &str) -> Option<u64> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_time_is_near_enough_up_to_both_edges() {
        let clock = Clock::stopped(Timestamp::from_millis(1_700_000_000_999));
        let tolerance = Tolerance::default().clock(clock);
        let late = Err(Refused::Untimely(Duration::from_secs(300)));
        for (time, expected) in [
            ("1700000000", Ok(())),
            ("1699999700", Ok(())),
            ("1699999699", late),
            ("1700000300", Ok(())),
            ("1700000301", late),
            ("0", late),
            ("18446744073709551615", late),
            ("0001700000000", Ok(())),
        ] {
            assert_eq!(tolerance.check("t", time), expected, "{time}");
        }
    }

    #[test]
    fn a_time_is_decimal_digits() {
        for time in [
            "",
            " ",
            "-1",
            "+1",
            "1.7e9",
            "1700000000.0",
            "1700000000 ",
            " 1700000000",
            "0x6553f100",
            "1_700_000_000",
            "١٧٠٠٠٠٠٠٠٠",
            "18446744073709551616",
            "99999999999999999999999999999999999999999999",
            "Tue, 14 Nov 2023 22:13:20 GMT",
        ] {
            assert_eq!(Tolerance::default().check("t", time), Err(Refused::Unclear("t")), "{time}");
        }
    }

    #[test]
    fn nothing_is_tolerated_where_nothing_is_to_be() {
        let clock = Clock::stopped(Timestamp::from_millis(5_999));
        let none = Tolerance::new(Duration::ZERO).clock(clock);
        assert_eq!(none.check("t", "5"), Ok(()));
        assert_eq!(none.check("t", "6"), Err(Refused::Untimely(Duration::ZERO)));
        assert_eq!(none.validity(), Duration::from_secs(1));
        assert_eq!(none.clone().within(Duration::MAX).validity(), Duration::MAX);
        assert_eq!(none.within(Duration::MAX).check("t", "18446744073709551615"), Ok(()));
    }
}
