//! An answer that is kept.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::time::Timestamp;

/// An answer that is kept, with everything that it is served with but `Age` and `Cache-Status`.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its status.
    pub status: StatusCode,
    /// Its headers, in their order; a name may stand several times.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// All of its body.
    pub body: Bytes,
    /// When its computation began.
    pub made: Timestamp,
}

impl Entry {
    /// The bytes that it takes in memory, more or less.
    pub fn weight(&self) -> u64 {
        // A header has a place in a map, and its value one on the heap.
        const EACH: usize = 160;
        let headers: usize = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + EACH).sum();
        (self.body.len() + headers + EACH) as u64
    }
}
