//! What is said about keeping answers, to clients and to caches between: `Cache-Control`, `Vary`, `Cache-Status`.

use core::{cell::RefCell, fmt::Write as _};

use http::HeaderValue;

use crate::cache::{CachePolicy, Vary};

/// What other caches may do (RFC 9111 §5.2.2, RFC 5861).
///
/// Browsers ask each time, which a 304 answers. A shared cache keeps an answer as long as it is fresh here, and may serve
/// it stale while it asks, as it is done here; `stale_for` bounds both.
pub(crate) fn cache_control(policy: CachePolicy) -> HeaderValue {
    let text = match policy {
        CachePolicy::Revalidate { every, stale_for } => {
            let stale_for = stale_for.map_or(YEAR, |bound| bound.as_secs());
            format!("public, max-age=0, s-maxage={}, stale-while-revalidate={stale_for}", every.as_secs())
        }
        CachePolicy::Static | CachePolicy::Dynamic => "public, max-age=0, must-revalidate".to_owned(),
    };
    HeaderValue::try_from(text).expect("letters and digits")
}

const YEAR: u64 = 365 * 24 * 60 * 60;

/// The headers that answers differ by (RFC 9110 §12.5.5).
pub(crate) fn vary(vary: &[Vary]) -> Option<HeaderValue> {
    let mut text = String::new();
    for vary in vary {
        if let Vary::Header(name) = vary {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{name}");
        }
    }
    HeaderValue::try_from(text).ok().filter(|value| !value.is_empty())
}

/// How an answer that was not in the cache came about (RFC 9211).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forwarded {
    /// The handler was run, and its answer is kept.
    Stored,
    /// The handler was run for this request and others.
    Collapsed,
    /// The handler was run, and its answer is not kept, for this reason.
    NotStored(&'static str),
}

impl Forwarded {
    /// The value of `Cache-Status`.
    pub(crate) fn value(self) -> HeaderValue {
        match self {
            Forwarded::Stored => HeaderValue::from_static("rutter; fwd=miss; stored"),
            Forwarded::Collapsed => HeaderValue::from_static("rutter; fwd=miss; collapsed"),
            Forwarded::NotStored(why) => {
                let text = format!("rutter; fwd=miss; detail={why}");
                HeaderValue::try_from(text).expect("a token")
            }
        }
    }
}

/// The values of `Age` and of `Cache-Status` for an answer that was kept: how many seconds old it is (RFC 9111 §5.1), and
/// for how many more it stays fresh, which is below zero when it has been stale for as long (RFC 9211 §2.2, §2.4); none
/// where nothing but an expiry ends it.
#[inline]
pub(crate) fn hit(age: u64, ttl: Option<i64>) -> (HeaderValue, HeaderValue) {
    TOLD.with(|told| {
        let age = told.ages.get(age, || HeaderValue::from(age));
        let status = ttl.map_or(HIT, |ttl| {
            told.hits.get(ttl.cast_unsigned(), || {
                HeaderValue::try_from(format!("rutter; hit; ttl={ttl}")).expect("letters and digits")
            })
        });
        (age, status)
    })
}

const HIT: HeaderValue = HeaderValue::from_static("rutter; hit");

thread_local! {
    static TOLD: Told = const { Told { ages: Memo::new(), hits: Memo::new() } };
}

struct Told {
    ages: Memo,
    hits: Memo,
}

/// Values by their numbers, remembered: within a second most answers have one of few.
struct Memo([RefCell<Option<(u64, HeaderValue)>>; PLACES]);

const PLACES: usize = 128;

impl Memo {
    const fn new() -> Self {
        Memo([const { RefCell::new(None) }; PLACES])
    }

    #[inline]
    fn get(&self, number: u64, make: impl FnOnce() -> HeaderValue) -> HeaderValue {
        #[allow(clippy::cast_possible_truncation)] // Less than the number of places.
        let mut place = self.0[(number % PLACES as u64) as usize].borrow_mut();
        match &*place {
            Some((known, value)) if *known == number => value.clone(),
            _ => {
                let value = make();
                *place = Some((number, value.clone()));
                value
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn cache_control_follows_from_the_policy() {
        let seconds = Duration::from_secs;
        let minute = |stale_for| CachePolicy::Revalidate { every: seconds(60), stale_for };
        let table = [
            (CachePolicy::Static, "public, max-age=0, must-revalidate"),
            (minute(None), "public, max-age=0, s-maxage=60, stale-while-revalidate=31536000"),
            (minute(Some(seconds(10))), "public, max-age=0, s-maxage=60, stale-while-revalidate=10"),
            (minute(Some(seconds(0))), "public, max-age=0, s-maxage=60, stale-while-revalidate=0"),
        ];
        for (policy, expected) in table {
            assert_eq!(cache_control(policy), expected);
        }
    }

    #[test]
    fn numbers_that_share_a_place_are_not_mixed_up() {
        for _ in 0..2 {
            for (seconds, ttl) in [(0, 0), (128, 128), (1, -1), (129, 127), (u64::MAX, i64::MIN)] {
                let (age, status) = hit(seconds, Some(ttl));
                assert_eq!((age, status.to_str().ok()), (seconds.into(), Some(&*format!("rutter; hit; ttl={ttl}"))));
            }
        }
        assert_eq!(hit(7, None), (7.into(), HIT));
    }

    #[test]
    fn vary_names_headers_and_no_queries() {
        let all = [Vary::Header("accept-language"), Vary::Query("page"), Vary::Header("accept"), Vary::WholeQuery];
        assert_eq!(vary(&all).as_ref().map(HeaderValue::as_bytes), Some(&b"accept-language, accept"[..]));
        assert_eq!(vary(&[Vary::WholeQuery]), None);
    }
}
