//! What tells one version of a file from another: its entity tag and its date.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderValue;

/// The `ETag` and the `Last-Modified` of a file of this length that was changed last at this time.
///
/// The entity tag of a file that has just been changed is weak: within one tick of the disk's clock a second change could
/// leave length and time as they are (RFC 9110 §8.8.1).
pub(super) fn of(
    len: u64,
    modified: Option<SystemTime>,
    now: SystemTime,
) -> (Option<HeaderValue>, Option<HeaderValue>) {
    let Some(modified) = modified else { return (None, None) };
    let is_settled = now.duration_since(modified).is_ok_and(|age| age >= TICK);
    let weak = if is_settled { "" } else { "W/" };
    let etag = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => format!("{weak}\"{len:x}-{:x}\"", after.as_nanos()),
        Err(before) => format!("{weak}\"{len:x}--{:x}\"", before.duration().as_nanos()),
    };
    // RFC 9110 §8.8.2.1: a date is never later than that of the answer. The calendar of HTTP begins in 1970.
    let date = modified.min(now);
    let date = (date >= UNIX_EPOCH).then(|| httpdate::fmt_http_date(date));
    (HeaderValue::try_from(etag).ok(), date.and_then(|date| HeaderValue::try_from(date).ok()))
}

/// Longer than a tick of any file system's clock; that of FAT is the longest.
const TICK: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_length_and_its_time() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let noon = at(1_769_860_800);
        let table = [
            // len, modified, now, etag, date
            (5, noon, noon + TICK, "\"5-188fcf053de38000\"", Some("Sat, 31 Jan 2026 12:00:00 GMT")),
            (6, noon, noon + TICK, "\"6-188fcf053de38000\"", Some("Sat, 31 Jan 2026 12:00:00 GMT")),
            (
                5,
                noon + Duration::from_nanos(1),
                noon + TICK * 2,
                "\"5-188fcf053de38001\"",
                Some("Sat, 31 Jan 2026 12:00:00 GMT"),
            ),
            (
                5,
                noon,
                noon + Duration::from_millis(1_999),
                "W/\"5-188fcf053de38000\"",
                Some("Sat, 31 Jan 2026 12:00:00 GMT"),
            ),
            (5, noon, at(1_769_860_740), "W/\"5-188fcf053de38000\"", Some("Sat, 31 Jan 2026 11:59:00 GMT")),
            (0, at(0), noon, "\"0-0\"", Some("Thu, 01 Jan 1970 00:00:00 GMT")),
            (1, UNIX_EPOCH - Duration::from_nanos(255), noon, "\"1--ff\"", None),
        ];
        for (len, modified, now, etag, date) in table {
            let (told, dated) = of(len, Some(modified), now);
            let text = |value: Option<HeaderValue>| value.map(|value| value.to_str().unwrap().to_owned());
            assert_eq!((text(told).as_deref(), text(dated).as_deref()), (Some(etag), date));
        }
        assert_eq!(of(5, None, noon), (None, None));
    }
}
