//! Numbers that nobody has had before, and waits that do not all end at once.

use core::{
    hash::{BuildHasher, Hasher},
    time::Duration,
};
use std::hash::RandomState;

/// A number that no instance is likely to have drawn before: versions, tokens, senders.
///
/// The standard library seeds its hasher from the operating system and takes another key each time, so the digest of
/// nothing is a fresh number. It is not meant to be kept secret.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A wait of which up to a half is left out by chance, so that instances do not come back at one moment.
pub(crate) fn jittered(longest: Duration) -> Duration {
    let part = 512 + u32::try_from(random() % 513).unwrap_or_default();
    longest * part / 1024
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_number_comes_twice() {
        let numbers: HashSet<u64> = (0..10_000).map(|_| random()).collect();
        assert_eq!(numbers.len(), 10_000);
    }
}
