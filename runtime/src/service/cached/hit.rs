//! An answer that is there: served at once, and made anew behind it when it is stale.

use std::sync::Arc;

use http::{StatusCode, header::ACCEPT_RANGES};

use crate::{
    cache::{Freshness, Kept, KeyBytes, Shelf, freshness},
    conditional::{Verdict, evaluate},
    extract::HeadView,
    response::{IntoResponse, Problem, Response, select_part},
    route::Route,
    service::{RouteService, cached::Run},
    time::Timestamp,
};

/// That a kept answer may be served, and how it is told.
pub(super) struct Hit {
    pub(super) freshness: Freshness,
    pub(super) now: Timestamp,
}

impl Hit {
    /// Whether what is at hand may be served. A stale answer is made anew behind this one.
    #[inline]
    pub(super) fn of(
        service: &RouteService,
        route: &'static Route,
        shelf: &Arc<Shelf>,
        head: &HeadView<'_>,
        kept: &Arc<Kept>,
    ) -> Option<Hit> {
        let now = service.shared.keeper.clock.now();
        let freshness = freshness(kept.made, kept.holds(), shelf.policy, now);
        match freshness {
            Freshness::Miss => return None,
            Freshness::Fresh { .. } => {}
            Freshness::Stale { .. } => Run::behind(service, route, shelf, head, kept, now),
        }
        Some(Hit { freshness, now })
    }

    /// The answer.
    #[inline]
    pub(super) fn respond(&self, kept: &Kept, head: &HeadView<'_>) -> Response {
        match verdict(kept, head) {
            Verdict::Serve => kept.hit(self.freshness, self.now),
            verdict => self.refrain(kept, head, verdict),
        }
    }

    #[cold]
    fn refrain(&self, kept: &Kept, head: &HeadView<'_>, verdict: Verdict) -> Response {
        let mut response = refrain(kept, head, verdict);
        kept.tell(&mut response, self.freshness, self.now);
        response
    }
}

/// The answer that is kept for a request among others of its route.
#[inline]
pub(super) fn find(service: &RouteService, shelf: &Shelf, head: &HeadView<'_>) -> Option<Arc<Kept>> {
    let mut key = KeyBytes::default();
    if shelf.write_key(head, &mut key) { service.shared.keeper.memory.find(key.as_slice()) } else { None }
}

/// The answer that has just been made, to a request that may have a condition all the same.
pub(super) fn respond_anew(kept: &Kept, head: &HeadView<'_>) -> Response {
    refrain(kept, head, verdict(kept, head))
}

/// Whether a condition keeps an answer from being sent (RFC 9110 §13.2.1: only what would be a 200 is conditional).
#[inline]
pub(super) fn verdict(kept: &Kept, head: &HeadView<'_>) -> Verdict {
    if kept.status != StatusCode::OK {
        return Verdict::Serve;
    }
    evaluate(head.headers, || kept.etag(), || kept.last_modified())
}

fn refrain(kept: &Kept, head: &HeadView<'_>, verdict: Verdict) -> Response {
    match verdict {
        Verdict::Serve => kept.anew(),
        Verdict::Part => part(kept, head),
        Verdict::NotModified => kept.not_modified(),
        Verdict::Failed => Problem::new(StatusCode::PRECONDITION_FAILED).into_response(),
    }
}

/// What the request's `Range` asks for, of an answer that says that it comes in parts.
fn part(kept: &Kept, head: &HeadView<'_>) -> Response {
    let mut response = kept.anew();
    if response.headers().get(ACCEPT_RANGES).is_some_and(|unit| unit == "bytes")
        && let Ok(bytes) = core::mem::take(response.body_mut()).into_whole()
    {
        select_part(head.method, head.headers, &mut response, bytes);
    }
    response
}
