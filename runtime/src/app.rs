//! What every request of one application shares, and what is known of one of them.

use core::net::SocketAddr;

use http::request::Parts;

use crate::{ending::Ending, limits::Limits, proxies::Proxies, state::StateMap, work::Work};

/// What every request of one application shares.
#[derive(Default)]
pub(crate) struct App {
    pub(crate) state: StateMap,
    pub(crate) limits: Limits,
    pub(crate) proxies: Proxies,
    pub(crate) ending: Ending,
    /// What handlers have handed over.
    pub(crate) work: Work,
    /// What is written down of requests once they have ended, also those that were cut off: it outlives the work.
    pub(crate) notes: Work,
}

/// What is known of a request, its body aside.
#[derive(Clone, Copy)]
pub(crate) struct Known<'r> {
    pub(crate) parts: &'r Parts,
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) app: &'r App,
}
