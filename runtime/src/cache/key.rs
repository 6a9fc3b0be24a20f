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

/// A key that is being written. Most keys are short, and need no allocation.
#[derive(Debug)]
pub(crate) struct KeyBytes {
    short: [u8; SHORT],
    len: usize,
    /// All of it, once it is longer.
    long: Vec<u8>,
}

const SHORT: usize = 96;

impl KeyBytes {
    /// Adds bytes as they are.
    #[inline]
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        match self.short.get_mut(self.len..end) {
            Some(place) if self.long.is_empty() => {
                place.copy_from_slice(bytes);
                self.len = end;
            }
            _ => self.push_long(bytes),
        }
    }

    #[cold]
    fn push_long(&mut self, bytes: &[u8]) {
        if self.long.is_empty() {
            self.long.extend_from_slice(&self.short[..self.len]);
        }
        self.long.extend_from_slice(bytes);
    }

    /// Adds bytes behind their number.
    #[inline]
    pub(crate) fn push_sized(&mut self, bytes: &[u8]) {
        self.push(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.push(bytes);
    }

    /// Adds several, with a mark before each and another behind them.
    pub(crate) fn push_all(&mut self, all: impl Iterator<Item: AsRef<[u8]>>) {
        for bytes in all {
            self.push(&[1]);
            self.push_sized(bytes.as_ref());
        }
        self.push(&[0]);
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[u8] {
        if self.long.is_empty() { &self.short[..self.len] } else { &self.long }
    }
}

impl Default for KeyBytes {
    fn default() -> Self {
        KeyBytes { short: [0; SHORT], len: 0, long: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_key_is_kept_whole() {
        let mut key = KeyBytes::default();
        let mut expected = Vec::new();
        for len in [0, 10, 80, 4, 7, 300, 0, 5] {
            key.push(&vec![7; len]);
            expected.extend(vec![7; len]);
            assert_eq!(key.as_slice(), expected);
        }
    }

    #[test]
    fn lists_do_not_run_into_each_other() {
        let written = |lists: &[&[&str]]| {
            let mut key = KeyBytes::default();
            for list in lists {
                key.push_all(list.iter());
            }
            key.as_slice().to_vec()
        };
        let keys = [
            written(&[&["a"], &["b"]]),
            written(&[&["a", "b"], &[]]),
            written(&[&[], &["a", "b"]]),
            written(&[&["ab"], &[]]),
        ];
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[index + 1..].contains(key), "{index}");
        }
    }
}
