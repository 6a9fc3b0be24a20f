//! An answer in memory, ready to be served.

use core::{
    fmt::Write as _,
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    time::Duration,
};
use std::sync::Arc;

use arc_swap::ArcSwap;
use http::{
    HeaderName, HeaderValue,
    header::{AGE, CACHE_STATUS, ETAG, LAST_MODIFIED},
};

use crate::{
    body::Body,
    cache::{Entry, Freshness, Holds, labels::LiveSeal},
    response::{Response, bare},
    time::Timestamp,
};

/// An answer in memory, ready to be served.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) entry: Entry,
    seal: LiveSeal,
    /// Whether it was stale when it came here.
    came_stale: bool,
    told: ArcSwap<Told>,
    refresh: Refresh,
}

/// What is served with an answer and changes each second.
#[derive(Debug)]
struct Told {
    /// The second, and how many seconds the answer stays fresh.
    at: (u64, Option<i64>),
    age: HeaderValue,
    status: HeaderValue,
}

/// Whether and when a stale answer is made anew.
#[derive(Debug, Default)]
struct Refresh {
    runs: AtomicBool,
    failures: AtomicU32,
    /// Not before this time, in milliseconds.
    not_before: AtomicU64,
}

impl Kept {
    pub(crate) fn new(entry: Entry, seal: LiveSeal) -> Self {
        let told = ArcSwap::from_pointee(Told::new((0, None), Duration::ZERO));
        Kept { entry, seal, came_stale: false, told, refresh: Refresh::default() }
    }

    /// An answer that another instance has made, and may have marked stale.
    pub(crate) fn found(entry: Entry, seal: LiveSeal, stale: bool) -> Self {
        Kept { came_stale: stale, ..Kept::new(entry, seal) }
    }

    /// What has happened to its labels since.
    #[inline]
    pub(crate) fn holds(&self) -> Holds {
        let holds = self.seal.holds();
        if self.came_stale { holds.max(Holds::Stale) } else { holds }
    }

    /// The answer to a request whose condition shows that the client has it already (RFC 9110 §15.4.5).
    pub(crate) fn not_modified(&self) -> Response {
        let mut response = bare(Body::empty());
        *response.status_mut() = http::StatusCode::NOT_MODIFIED;
        for (name, value) in self.entry.headers.iter().filter(|(name, _)| is_of_304(name)) {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    /// The answer without what tells how it came about.
    #[inline]
    pub(crate) fn whole(&self) -> Response {
        let mut response = bare(Body::from(self.entry.body.clone()));
        *response.status_mut() = self.entry.status;
        for (name, value) in &self.entry.headers {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    /// Adds what tells that it was kept: `Age` (RFC 9111 §5.1) says how old it is, `Cache-Status` (RFC 9211) for how
    /// much longer it is fresh.
    #[inline]
    pub(crate) fn tell(&self, response: &mut Response, freshness: Freshness, now: Timestamp) {
        let at = (now.millis() / 1000, ttl(freshness));
        let mut told = self.told.load();
        if told.at != at {
            self.told.store(Arc::new(Told::new(at, now.since(self.entry.made))));
            told = self.told.load();
        }
        response.headers_mut().insert(AGE, told.age.clone());
        response.headers_mut().insert(CACHE_STATUS, told.status.clone());
    }

    pub(crate) fn etag(&self) -> Option<&HeaderValue> {
        self.entry.header(&ETAG)
    }

    pub(crate) fn last_modified(&self) -> Option<&HeaderValue> {
        self.entry.header(&LAST_MODIFIED)
    }

    /// Whether the caller is the one to make it anew: nobody else does, and the last failure is long enough ago.
    pub(crate) fn begins_refresh(&self, now: Timestamp) -> bool {
        self.refresh.not_before.load(Ordering::Relaxed) <= now.millis()
            && !self.refresh.runs.swap(true, Ordering::AcqRel)
    }

    /// Ends what [`begins_refresh`](Kept::begins_refresh) began, and lets the next one begin.
    pub(crate) fn ends_refresh(&self) {
        self.refresh.runs.store(false, Ordering::Release);
    }

    /// Waits a moment with the next refresh: another instance makes it anew.
    pub(crate) fn wait(&self, now: Timestamp) {
        self.refresh.not_before.store((now + MOMENT).millis(), Ordering::Relaxed);
    }

    /// Waits with the next refresh: one second at first, twice as long after each further failure, a minute at most.
    pub(crate) fn back_off(&self, now: Timestamp) {
        let failures = self.refresh.failures.fetch_add(1, Ordering::Relaxed);
        let pause = Duration::from_secs(1 << failures.min(6)).min(LONGEST_PAUSE);
        self.refresh.not_before.store((now + pause).millis(), Ordering::Relaxed);
    }
}

const MOMENT: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

impl Told {
    fn new(at: (u64, Option<i64>), age: Duration) -> Self {
        let mut status = String::from("rutter; hit");
        if let Some(ttl) = at.1 {
            let _ = write!(status, "; ttl={ttl}");
        }
        let status = HeaderValue::try_from(status).expect("letters and digits");
        Told { at, age: HeaderValue::from(age.as_secs()), status }
    }
}

/// How many seconds an answer stays fresh; below zero when it has been stale for as long (RFC 9211 §2.4).
fn ttl(freshness: Freshness) -> Option<i64> {
    match freshness {
        Freshness::Fresh { ttl } => ttl.map(|ttl| i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX)),
        Freshness::Stale { past } => Some(-i64::try_from(past.as_secs()).unwrap_or(i64::MAX)),
        Freshness::Miss => None,
    }
}

/// What a 304 says of the answer that it stands for (RFC 9110 §15.4.5).
fn is_of_304(name: &HeaderName) -> bool {
    use http::header::{CACHE_CONTROL, CONTENT_LOCATION, DATE, EXPIRES, VARY};

    [CACHE_CONTROL, CONTENT_LOCATION, DATE, ETAG, EXPIRES, LAST_MODIFIED, VARY].contains(name)
}
