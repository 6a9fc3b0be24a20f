//! Revalidating on demand: by tag, by path, from a handler or from anywhere else.

use core::{convert::Infallible, fmt};
use std::sync::Arc;

use crate::{
    body::BodySlot,
    cache::{CacheStats, Caching, Label, Mode, keeper::Keeper},
    extract::{FromRequest, RequestHead},
    reads::Reads,
};

/// Revalidates what is kept: an extractor, and what [`RouteService::cache`](crate::RouteService::cache) returns.
///
/// What is revalidated is never served again, unless it is only marked [`stale`](Revalidate::stale). In this process
/// that holds when the call returns. Other instances that share the store know before the answer of a handler for
/// POST, PUT, PATCH or DELETE is sent; elsewhere [`settled`](Revalidate::settled) waits for them.
///
/// ```
/// use rutter::prelude::*;
/// # #[route(GET, "/products/[id]", tags("products"))]
/// # fn get_product(id: u64) -> String { id.to_string() }
///
/// #[route(POST, "/products/[id]/sold")]
/// fn sold(id: u64, revalidate: Revalidate) {
///     revalidate.tag("products").path(get_product::path(id));
///     revalidate.stale().path("/statistics");
/// }
/// ```
#[derive(Clone)]
pub struct Revalidate {
    keeper: Arc<Keeper>,
    mode: Mode,
}

impl Revalidate {
    pub(crate) fn new(keeper: Arc<Keeper>) -> Self {
        Revalidate { keeper, mode: Mode::Expire }
    }

    /// Revalidates every answer with this tag.
    pub fn tag(&self, tag: impl AsRef<str>) -> &Self {
        self.label(&Label::tag(tag.as_ref()))
    }

    /// Revalidates every answer at this path, whatever it varies by. A query is left out.
    pub fn path(&self, path: impl AsRef<str>) -> &Self {
        self.label(&Label::path(path.as_ref()))
    }

    /// Revalidates everything that is kept.
    pub fn everything(&self) -> &Self {
        self.label(&Label::all())
    }

    /// The same, but what it revalidates is marked stale: served once more, while it is made anew.
    pub fn stale(&self) -> Self {
        Revalidate { keeper: Arc::clone(&self.keeper), mode: Mode::Stale }
    }

    /// Waits until every other instance knows what has been revalidated up to now; for a second at most, after which
    /// it is told on without being waited for.
    pub async fn settled(&self) {
        self.keeper.settled().await;
    }

    /// What the cache has and does.
    pub fn stats(&self) -> CacheStats {
        self.keeper.stats()
    }

    fn label(&self, label: &Label) -> &Self {
        self.keeper.revalidate(label, self.mode);
        self
    }
}

/// One that has nothing to revalidate: for unit tests of handlers.
impl Default for Revalidate {
    fn default() -> Self {
        Revalidate::new(Arc::new(Keeper::new(Caching::default().bytes(0))))
    }
}

impl FromRequest for Revalidate {
    const READS: Reads = Reads::EACH;
    const READY: bool = true;
    type Rejection = Infallible;

    async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Infallible> {
        Ok(head.app.state.find().map_or_else(Revalidate::default, Revalidate::new))
    }
}

impl fmt::Debug for Revalidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revalidate").field("mode", &self.mode).finish_non_exhaustive()
    }
}
