//! An answer that is there: served at once, and made anew behind it when it is stale.

use std::{cell::RefCell, sync::Arc};

use http::StatusCode;

use crate::{
    cache::{Freshness, Kept, Shelf, freshness},
    conditional::{Verdict, evaluate},
    extract::RequestHead,
    response::{IntoResponse, Problem, Response},
    route::Route,
    service::{RouteService, cached::Run},
    time::Timestamp,
};

/// The kept answer to a request, unless there is none that may be served.
#[inline]
pub(super) fn hit(
    service: &RouteService,
    route: &'static Route,
    shelf: &Arc<Shelf>,
    head: &RequestHead,
) -> Option<Response> {
    let keeper = &service.shared.keeper;
    if !keeper.trusts_memory() {
        return None;
    }
    let now = keeper.clock.now();
    if let Some(only) = shelf.only() {
        let kept = only.load();
        return serve(service, route, shelf, head, kept.as_ref()?, now);
    }
    let kept = KEY.with(|key| {
        let mut key = key.try_borrow_mut().ok()?;
        key.clear();
        if shelf.write_key(head, &mut key) { keeper.memory.find(&key) } else { None }
    });
    serve(service, route, shelf, head, &kept?, now)
}

thread_local! {
    /// The key that is looked for, so that looking allocates nothing.
    static KEY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

#[inline]
fn serve(
    service: &RouteService,
    route: &'static Route,
    shelf: &Arc<Shelf>,
    head: &RequestHead,
    kept: &Arc<Kept>,
    now: Timestamp,
) -> Option<Response> {
    let freshness = freshness(kept.entry.made, kept.holds(), shelf.policy, now);
    match freshness {
        Freshness::Miss => return None,
        Freshness::Fresh { .. } => {}
        Freshness::Stale { .. } => Run::behind(service, route, shelf, head, kept, now),
    }
    let mut response = respond(head, kept);
    kept.tell(&mut response, freshness, now);
    Some(response)
}

/// The answer to a request that may have a condition (RFC 9110 §13.2.1: only what would be a 200 is conditional).
#[inline]
pub(super) fn respond(head: &RequestHead, kept: &Kept) -> Response {
    if kept.entry.status != StatusCode::OK {
        return kept.whole();
    }
    match evaluate(head.headers(), || kept.etag(), || kept.last_modified()) {
        Verdict::Serve => kept.whole(),
        Verdict::NotModified => kept.not_modified(),
        Verdict::Failed => Problem::new(StatusCode::PRECONDITION_FAILED).into_response(),
    }
}
