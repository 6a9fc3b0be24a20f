//! The names that are used in Redis: keys and channels.

use crate::cache::{CacheKey, Label};

/// The names of everything that instances with one prefix share.
///
/// Keys of Redis are bytes without a bound that matters here, so names are put together as they are: nothing is
/// hashed, and no two of them are the same.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    prefix: Box<str>,
}

impl Keys {
    pub(super) fn new(prefix: &str) -> Self {
        Keys { prefix: prefix.into() }
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Where an entry is.
    pub(super) fn entry(&self, key: &CacheKey) -> Vec<u8> {
        self.name(b":e:", key.as_bytes())
    }

    /// Where the token of whoever has the turn is.
    pub(super) fn turn(&self, key: &CacheKey) -> Vec<u8> {
        self.name(b":t:", key.as_bytes())
    }

    /// Where the version of a label is.
    pub(super) fn version(&self, label: &Label) -> Vec<u8> {
        self.name(b":v:", label.as_bytes())
    }

    /// Where the claim of an event is, or that it is done.
    #[cfg(feature = "webhooks")]
    pub(super) fn event(&self, event: &[u8]) -> Vec<u8> {
        self.name(b":w:", hex::encode(event).as_bytes())
    }

    /// The channel on which everybody hears what is revalidated.
    pub(super) fn revalidated(&self) -> String {
        format!("{}:revalidated", self.prefix)
    }

    /// The channel on which one instance hears that the others have heard it.
    pub(super) fn heard(&self, sender: u64) -> String {
        format!("{}:ack:{sender:016x}", self.prefix)
    }

    fn name(&self, kind: &[u8], rest: &[u8]) -> Vec<u8> {
        [self.prefix.as_bytes(), kind, rest].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable() {
        let keys = Keys::new("storefront");
        assert_eq!(keys.version(&Label::tag("products")), b"storefront:v:#products");
        assert_eq!(keys.entry(&CacheKey::from(&b"7"[..])), b"storefront:e:7");
        assert_eq!(keys.turn(&CacheKey::from(&b"7"[..])), b"storefront:t:7");
        #[cfg(feature = "webhooks")]
        assert_eq!(keys.event(&[7, 255]), b"storefront:w:07ff");
        assert_eq!(keys.revalidated(), "storefront:revalidated");
        assert_eq!(keys.heard(255), "storefront:ack:00000000000000ff");
    }
}
