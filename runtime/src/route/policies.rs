//! What the options of an attribute ask for.

use core::time::Duration;

use crate::{
    cache::{CacheOptions, Revalidation, TagTemplate, Vary},
    cors::{Cors, Named},
};

/// What the options of an attribute ask for; `None` leaves it to the application's
/// [`Limits`](crate::Limits).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policies {
    /// `status = 201`: the status of an answer that would be a 200.
    pub status: Option<u16>,
    /// `body_limit = 10mb`: the most bytes of a request's body.
    pub body_limit: Option<u64>,
    /// `timeout = 30s`: the longest that the handler may run.
    pub timeout: Option<Duration>,
    /// What is said about keeping answers.
    pub cache: CacheOptions,
    /// `cors = API`: the policy for other origins.
    pub(crate) cors: Option<Named>,
}

impl Policies {
    /// No option at all.
    pub const NONE: Policies =
        Policies { status: None, body_limit: None, timeout: None, cache: CacheOptions::NONE, cors: None };

    #[doc(hidden)]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    #[doc(hidden)]
    pub const fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    #[doc(hidden)]
    pub const fn timeout(mut self, milliseconds: u64) -> Self {
        self.timeout = Some(Duration::from_millis(milliseconds));
        self
    }

    #[doc(hidden)]
    pub const fn revalidate(mut self, seconds: u64) -> Self {
        self.cache.revalidate = Some(Revalidation::Every(Duration::from_secs(seconds)));
        self
    }

    #[doc(hidden)]
    pub const fn revalidate_never(mut self) -> Self {
        self.cache.revalidate = Some(Revalidation::Never);
        self
    }

    #[doc(hidden)]
    pub const fn stale_for(mut self, seconds: u64) -> Self {
        self.cache.stale_for = Some(Duration::from_secs(seconds));
        self
    }

    #[doc(hidden)]
    pub const fn tags(mut self, tags: &'static [TagTemplate]) -> Self {
        self.cache.tags = tags;
        self
    }

    #[doc(hidden)]
    pub const fn vary(mut self, vary: &'static [Vary]) -> Self {
        self.cache.vary = vary;
        self
    }

    #[doc(hidden)]
    pub const fn dynamic(mut self) -> Self {
        self.cache.dynamic = true;
        self
    }

    #[doc(hidden)]
    pub const fn revalidates(mut self, tags: &'static [TagTemplate]) -> Self {
        self.cache.revalidates = tags;
        self
    }

    #[doc(hidden)]
    pub const fn cors(mut self, cors: fn() -> &'static Cors) -> Self {
        self.cors = Some(Named(cors));
        self
    }
}
