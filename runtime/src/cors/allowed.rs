//! Whose pages a policy allows to read, and which headers they may send.

use core::fmt;
use std::sync::Arc;

use crate::cors::Origin;

/// Whose pages may read.
#[derive(Clone)]
pub(super) enum Allowed {
    Nobody,
    Anyone,
    Named(&'static [&'static str]),
    Listed(Arc<[String]>),
    Matching(fn(&Origin<'_>) -> bool),
    Asked(Arc<Predicate>),
}

pub(super) type Predicate = dyn Fn(&Origin<'_>) -> bool + Send + Sync;

/// Which headers of a request a preflight allows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Headers {
    Any,
    These(&'static [&'static str]),
}

impl fmt::Debug for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Allowed::Nobody => f.write_str("nobody"),
            Allowed::Anyone => f.write_str("anyone"),
            Allowed::Named(origins) => f.debug_list().entries(*origins).finish(),
            Allowed::Listed(origins) => f.debug_list().entries(&**origins).finish(),
            Allowed::Matching(_) | Allowed::Asked(_) => f.write_str("who a function allows"),
        }
    }
}
