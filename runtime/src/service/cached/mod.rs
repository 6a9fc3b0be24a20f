//! Answers that are kept: served from the shelf, or made once for everyone who waits.
//!
//! How it works: a *hit* is a ready answer, and there is no future. On a *miss* the first request leads: its handler
//! runs in a task of its own, so that a client who leaves takes nothing from the others, and sees only what belongs to
//! the key. The others follow: they wait for the landing. A stale answer is a hit, and the same task runs behind it.

mod effects;
#[cfg(feature = "compression")]
mod encoded;
mod guard;
mod hit;
mod miss;
mod run;
mod seen;
mod shared;
mod target;

use std::sync::Arc;

use crate::{
    cache::Shelf,
    route::{Route, Slot},
    service::{RouteFuture, RouteService, future::Finish},
};

pub(super) use effects::{Effects, Expiry};

use hit::{Hit, find};
use miss::miss;
use run::Run;

/// Answers from the shelf, or runs the handler for everyone who waits.
#[inline]
pub(super) fn answer(
    service: &RouteService,
    route: &'static Route,
    shelf: &Arc<Shelf>,
    slot: &mut Slot,
    finish: Finish,
) -> RouteFuture {
    let head = &slot.call().head.view();
    // Each arm makes its answer where it is returned: handing it on would cost as much as looking for it.
    if !service.shared.keeper.trusts_memory() {
        return miss(service, route, shelf, slot, finish);
    }
    if let Some(only) = shelf.only() {
        if let Some(kept) = &*only.load()
            && let Some(hit) = Hit::of(service, route, shelf, head, kept)
        {
            #[cfg(feature = "compression")]
            if let Some(encoding) = finish.encoding().filter(|_| kept.is_compressible()) {
                return encoded::answer(&hit, kept, head, encoding, finish);
            }
            return finish.framed().ready(hit.respond(kept, head));
        }
    } else if let Some(kept) = &find(service, shelf, head)
        && let Some(hit) = Hit::of(service, route, shelf, head, kept)
    {
        #[cfg(feature = "compression")]
        if let Some(encoding) = finish.encoding().filter(|_| kept.is_compressible()) {
            return encoded::answer(&hit, kept, head, encoding, finish);
        }
        return finish.framed().ready(hit.respond(kept, head));
    }
    miss(service, route, shelf, slot, finish)
}
