//! An answer in memory, ready to be served.

use core::{
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    time::Duration,
};
#[cfg(feature = "compression")]
use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{AGE, CACHE_STATUS, ETAG, LAST_MODIFIED},
};

use crate::{
    body::Body,
    cache::{Entry, Freshness, Holds, headers, labels::LiveSeal},
    response::Response,
    time::Timestamp,
};
#[cfg(feature = "compression")]
use crate::{
    cache::variants::{Made, Variant, Variants},
    compression::{Compression, Encoding, is_compressible, mark_encoded, mark_varying},
};

/// An answer in memory, ready to be served.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) status: StatusCode,
    /// Places for `Age` and `Cache-Status`, then the headers of the entry: cloning a map costs less than making one.
    headers: HeaderMap,
    body: Bytes,
    pub(crate) made: Timestamp,
    /// The bytes that it takes, more or less.
    pub(crate) weight: u64,
    seal: LiveSeal,
    /// Whether it was stale when it came here.
    came_stale: bool,
    refresh: Refresh,
    /// The same answer in other encodings, where it is compressible.
    #[cfg(feature = "compression")]
    variants: Option<Box<Variants>>,
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
        let weight = entry.weight() + seal.weight();
        let Entry { status, headers: own, body, made } = entry;
        let mut headers = HeaderMap::with_capacity(OF_HITS.len() + own.len());
        headers.extend(OF_HITS.map(|name| (name, HeaderValue::from_static(""))));
        for (name, value) in own {
            headers.append(name, value);
        }
        Kept {
            status,
            headers,
            body,
            made,
            weight,
            seal,
            came_stale: false,
            refresh: Refresh::default(),
            #[cfg(feature = "compression")]
            variants: None,
        }
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

    /// The entry that it was made of.
    pub(crate) fn entry(&self) -> Entry {
        let headers = self.own_headers().map(|(name, value)| (name.clone(), value.clone())).collect();
        Entry { status: self.status, headers, body: self.body.clone(), made: self.made }
    }

    fn own_headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.headers.iter().skip(OF_HITS.len())
    }

    /// The answer as one that was kept.
    #[inline]
    pub(crate) fn hit(&self, freshness: Freshness, now: Timestamp) -> Response {
        self.ready(&self.headers, &self.body, freshness, now)
    }

    #[inline]
    fn ready(&self, headers: &HeaderMap, body: &Bytes, freshness: Freshness, now: Timestamp) -> Response {
        let mut response = Response::new(Body::from(body.clone()));
        *response.status_mut() = self.status;
        let mut headers = headers.clone();
        let (age, status) = self.told(freshness, now);
        let mut places = headers.values_mut();
        if let (Some(first), Some(second)) = (places.next(), places.next()) {
            (*first, *second) = (age, status);
        }
        // The map that is replaced is empty: dropping it would only look for what to free.
        core::mem::forget(core::mem::replace(response.headers_mut(), headers));
        response
    }

    /// The values of [`OF_HITS`].
    #[inline]
    fn told(&self, freshness: Freshness, now: Timestamp) -> (HeaderValue, HeaderValue) {
        headers::hit(now.seconds_since(self.made), ttl(freshness))
    }

    /// The answer as one that has just been made.
    pub(crate) fn anew(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        for (name, value) in self.own_headers() {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    /// The answer to a request whose condition shows that the client has it already (RFC 9110 §15.4.5).
    pub(crate) fn not_modified(&self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for (name, value) in self.own_headers().filter(|(name, _)| is_of_304(name)) {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    /// Adds what tells that it was kept.
    pub(crate) fn tell(&self, response: &mut Response, freshness: Freshness, now: Timestamp) {
        let (age, status) = self.told(freshness, now);
        response.headers_mut().extend(OF_HITS.into_iter().zip([age, status]));
    }

    pub(crate) fn etag(&self) -> Option<&HeaderValue> {
        self.headers.get(ETAG)
    }

    pub(crate) fn last_modified(&self) -> Option<&HeaderValue> {
        self.headers.get(LAST_MODIFIED)
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

/// In other encodings.
#[cfg(feature = "compression")]
impl Kept {
    /// The same, for an application that compresses its answers: with room for what it is compressed to.
    pub(crate) fn compressing(mut self, compression: Option<Compression>) -> Self {
        let len = self.body.len() as u64;
        let Some(settings) =
            compression.filter(|settings| is_compressible(self.status, &self.headers, Some(len), settings.least()))
        else {
            return self;
        };
        mark_varying(&mut self.headers);
        // Each encoding has headers of its own; the bodies share what the answer itself takes.
        self.weight += (self.weight - len) * settings.count() as u64 + len;
        Kept { variants: Some(Box::new(Variants::new(settings, len))), ..self }
    }

    /// Whether there may be other encodings of it.
    #[inline]
    pub(crate) fn is_compressible(&self) -> bool {
        self.variants.is_some()
    }

    /// This answer in an encoding.
    #[inline]
    pub(crate) fn variant(&self, encoding: Encoding) -> Made<'_> {
        self.variants.as_ref().map_or(Made::AsItIs, |variants| variants.get(encoding))
    }

    /// Makes it in an encoding, for everyone who waits: once.
    pub(crate) async fn make_variant(self: Arc<Self>, encoding: Encoding) {
        if let Some(variants) = &self.variants {
            variants.make(&self, encoding).await;
        }
    }

    /// The answer in an encoding, as one that was kept.
    #[inline]
    pub(crate) fn hit_as(&self, variant: &Variant, freshness: Freshness, now: Timestamp) -> Response {
        self.ready(&variant.headers, &variant.body, freshness, now)
    }

    /// Puts an answer of [`hit`](Kept::hit) or [`anew`](Kept::anew) into an encoding.
    pub(crate) fn dress(response: &mut Response, encoding: Encoding, variant: &Variant) {
        mark_encoded(response.headers_mut(), encoding);
        *response.body_mut() = Body::from(variant.body.clone());
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn body(&self) -> &Bytes {
        &self.body
    }
}

const MOMENT: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What tells that an answer was kept: how old it is (RFC 9111 §5.1), and for how much longer it is fresh (RFC 9211).
const OF_HITS: [HeaderName; 2] = [AGE, CACHE_STATUS];

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
