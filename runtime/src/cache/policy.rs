//! Whether the answers of a route are kept, and for how long: what is decided while compiling.

use core::{fmt, time::Duration};

use crate::{cache::TagTemplate, reads::Reads};

/// Whether the answers of a route are kept, and for how long they are fresh.
///
/// ```
/// use core::time::Duration;
/// use rutter::{CachePolicy, prelude::*};
///
/// #[route(GET, "/time")]
/// fn time() -> &'static str {
///     "noon"
/// }
///
/// #[route(GET, "/products", revalidate = 60)]
/// fn products() -> &'static str {
///     "[]"
/// }
///
/// assert_eq!(time::ROUTE.cache_policy(), CachePolicy::Static);
/// assert_eq!(products::ROUTE.cache_policy().to_string(), "↻ 60s");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Every request runs the handler.
    Dynamic,
    /// Kept until it is revalidated.
    Static,
    /// Kept, and made anew once it is this old.
    Revalidate {
        /// How long an answer is fresh.
        every: Duration,
        /// How long after that it may still be served while it is made anew; without bound by
        /// default.
        stale_for: Option<Duration>,
    },
}

impl CachePolicy {
    /// Whether every request runs the handler.
    pub const fn is_dynamic(self) -> bool {
        matches!(self, CachePolicy::Dynamic)
    }
}

/// As the table of routes shows it: `○ static`, `↻ 60s`, `ƒ dynamic`.
impl fmt::Display for CachePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CachePolicy::Dynamic => f.write_str("ƒ dynamic"),
            CachePolicy::Static => f.write_str("○ static"),
            CachePolicy::Revalidate { every, .. } => write!(f, "↻ {}s", every.as_secs()),
        }
    }
}

/// What the options of an attribute say about caching.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheOptions {
    /// `revalidate = 60`, and `revalidate = false` for [`Revalidation::Never`].
    pub revalidate: Option<Revalidation>,
    /// `stale_for = 1h`: how long past `revalidate` an answer may still be served.
    pub stale_for: Option<Duration>,
    /// `tags("products", "product:[id]")`: what the answer is made of.
    pub tags: &'static [TagTemplate],
    /// `vary("accept-language", query("page"))`: what of the request the handler sees.
    pub vary: &'static [Vary],
    /// `dynamic`: every request runs the handler.
    pub dynamic: bool,
    /// `revalidates("products")`: the tags that a success of this route expires.
    pub revalidates: &'static [TagTemplate],
}

/// When an answer is made anew by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revalidation {
    /// Only when somebody revalidates it.
    Never,
    /// Once it is this old.
    Every(Duration),
}

/// A part of the request that belongs to the key of a kept answer, and that its handler sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vary {
    /// `"accept-language"`: the values of a header, its name in small letters.
    Header(&'static str),
    /// `query("page")`: the values of a name in the query.
    Query(&'static str),
    /// `query`: every pair of the query.
    WholeQuery,
}

impl CacheOptions {
    /// No option at all.
    pub const NONE: CacheOptions =
        CacheOptions { revalidate: None, stale_for: None, tags: &[], vary: &[], dynamic: false, revalidates: &[] };

    /// Whether the attribute asks for the answers to be kept.
    pub const fn asks(&self) -> bool {
        self.revalidate.is_some() || !self.tags.is_empty() || !self.vary.is_empty()
    }

    /// What a handler may read while its answers are kept for everyone: the path, and what `vary`
    /// names.
    pub const fn covers(&self) -> Reads {
        let mut covered = Reads::PARAMS;
        let mut index = 0;
        while index < self.vary.len() {
            covered = covered.and(match self.vary[index] {
                Vary::Header(_) => Reads::HEAD,
                Vary::Query(_) | Vary::WholeQuery => Reads::QUERY,
            });
            index += 1;
        }
        covered
    }

    /// The policy of a route for GET that reads this much, and whose answer is whole or streams.
    pub const fn policy(&self, reads: Reads, streams: bool) -> CachePolicy {
        let inferred = reads.is_nothing() && !streams;
        if self.dynamic || !(self.asks() || inferred) {
            return CachePolicy::Dynamic;
        }
        match self.revalidate {
            Some(Revalidation::Every(every)) => CachePolicy::Revalidate { every, stale_for: self.stale_for },
            Some(Revalidation::Never) | None => CachePolicy::Static,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGGED: CacheOptions = CacheOptions { tags: &[TagTemplate::new("a", &[])], ..CacheOptions::NONE };
    const NEVER: CacheOptions = CacheOptions { revalidate: Some(Revalidation::Never), ..CacheOptions::NONE };
    const MINUTE: CacheOptions =
        CacheOptions { revalidate: Some(Revalidation::Every(Duration::from_secs(60))), ..CacheOptions::NONE };
    const DYNAMIC: CacheOptions = CacheOptions { dynamic: true, ..CacheOptions::NONE };

    #[test]
    fn the_policy_follows_from_what_is_read_and_what_is_asked_for() {
        let minute = CachePolicy::Revalidate { every: Duration::from_secs(60), stale_for: None };
        let table = [
            (CacheOptions::NONE, Reads::NOTHING, false, CachePolicy::Static),
            (CacheOptions::NONE, Reads::NOTHING, true, CachePolicy::Dynamic),
            (CacheOptions::NONE, Reads::PARAMS, false, CachePolicy::Dynamic),
            (CacheOptions::NONE, Reads::CREDENTIALS, false, CachePolicy::Dynamic),
            (DYNAMIC, Reads::NOTHING, false, CachePolicy::Dynamic),
            (TAGGED, Reads::PARAMS, false, CachePolicy::Static),
            (NEVER, Reads::PARAMS, false, CachePolicy::Static),
            (MINUTE, Reads::NOTHING, false, minute),
            (MINUTE, Reads::PARAMS, false, minute),
        ];
        for (options, reads, streams, policy) in table {
            assert_eq!(options.policy(reads, streams), policy, "{options:?} reads {reads}");
        }
    }

    #[test]
    fn a_kept_answer_may_depend_on_the_path_and_on_what_varies() {
        let varies = CacheOptions { vary: &[Vary::Header("accept"), Vary::WholeQuery], ..CacheOptions::NONE };
        assert_eq!(CacheOptions::NONE.covers(), Reads::PARAMS);
        assert_eq!(varies.covers(), Reads::PARAMS.and(Reads::HEAD).and(Reads::QUERY));
    }
}
