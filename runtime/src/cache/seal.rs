//! Whether an answer still stands: the versions that its labels had before it was made.

/// The version of a [`Label`](crate::cache::Label): which of them changes says what has happened to it.
///
/// Versions are compared and never ordered; a store takes numbers that it has not given before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Version {
    /// Changes when the label is expired.
    pub expired: u64,
    /// Changes when the label is marked stale.
    pub staled: u64,
}

/// The versions that an entry's labels had before its handler ran, in the order of the labels.
///
/// Whatever is revalidated while the handler runs changes a version, so what it has made then is
/// known to be out of date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seal(pub Box<[Version]>);

/// What a seal says of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// No label was revalidated since.
    Whole,
    /// A label was marked stale since.
    Stale,
    /// A label was expired since: the entry is not served again.
    Broken,
}

impl Seal {
    /// Compares with the versions that the labels have now.
    ///
    /// ```
    /// use rutter::cache::{Holds, Seal, Version};
    ///
    /// let seal = Seal(Box::from([Version { expired: 1, staled: 1 }]));
    /// let expired = Seal(Box::from([Version { expired: 2, staled: 1 }]));
    /// let staled = Seal(Box::from([Version { expired: 1, staled: 2 }]));
    /// assert_eq!(seal.holds(&seal), Holds::Whole);
    /// assert_eq!(seal.holds(&staled), Holds::Stale);
    /// assert_eq!(seal.holds(&expired), Holds::Broken);
    /// ```
    pub fn holds(&self, now: &Seal) -> Holds {
        if self.0.len() != now.0.len() {
            return Holds::Broken;
        }
        let each = self.0.iter().zip(&now.0).map(|(then, now)| then.holds(*now));
        each.max().unwrap_or(Holds::Whole)
    }
}

impl Version {
    /// Compares with the version now.
    #[inline]
    pub fn holds(self, now: Version) -> Holds {
        if self.expired != now.expired {
            Holds::Broken
        } else if self.staled != now.staled {
            Holds::Stale
        } else {
            Holds::Whole
        }
    }
}
