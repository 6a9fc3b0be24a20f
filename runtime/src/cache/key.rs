//! What an answer is kept under: bytes that two different requests never share.

use core::{borrow::Borrow, fmt};

/// What an answer is kept under.
///
/// It is made of the route, of the values of the path's dynamic segments and of what `vary` names, each with its
/// length, so that no two different requests have the same bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey(Box<[u8]>);

impl CacheKey {
    /// Its bytes: any number of any value.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for CacheKey {
    fn from(bytes: &[u8]) -> Self {
        CacheKey(bytes.into())
    }
}

impl Borrow<[u8]> for CacheKey {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheKey({})", self.0.escape_ascii())
    }
}
