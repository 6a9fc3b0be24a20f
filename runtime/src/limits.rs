//! How much of a request is taken, and for how long it is waited for.

use core::time::Duration;

/// How much of a request is taken, and for how long it is waited for.
///
/// The defaults fit an API on the open internet; a route's own options win over them.
///
/// ```
/// use rutter::Limits;
///
/// let limits = Limits { body: 64 * 1024, ..Limits::default() };
/// assert_eq!(limits.multipart_parts, 1_000);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a body: 2 MiB. More is a 413.
    pub body: u64,
    /// The longest wait between two chunks of a body: 30 s. Longer is a 408.
    pub body_idle: Duration,
    /// The longest that a handler may run before the answer is a 503: without limit.
    pub handler: Option<Duration>,
    /// The most parts of a multipart body: 1,000. More is a 413.
    pub multipart_parts: usize,
    /// The most pairs of a query string or an urlencoded form: 1,000. More is a 400.
    pub query_pairs: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 2 * 1024 * 1024,
            body_idle: Duration::from_secs(30),
            handler: None,
            multipart_parts: 1_000,
            query_pairs: 1_000,
        }
    }
}
