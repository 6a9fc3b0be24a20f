//! What an extractor looks at in a request, as a set that the compiler folds.

use core::fmt;

/// A set of the parts of a request that an extractor reads.
///
/// Every extractor states its own in [`FromRequest::READS`](crate::FromRequest::READS) or
/// [`FromHead::READS`](crate::FromHead::READS). Folded over the arguments of a handler in a
/// `const`, the set decides what a route may do: a body is read at most once, and an answer
/// that depends on nothing of the request may be kept.
///
/// ```
/// use rutter::Reads;
///
/// const READS: Reads = Reads::QUERY.and(Reads::BODY);
/// assert!(READS.contains(Reads::BODY));
/// assert_eq!(READS.to_string(), "query, body");
/// assert_eq!(Reads::NOTHING.to_string(), "nothing");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reads(u8);

impl Reads {
    /// Nothing of the request: the answer is the same for everyone.
    pub const NOTHING: Reads = Reads(0);
    /// The values of the path's dynamic segments.
    pub const PARAMS: Reads = Reads(1);
    /// The query string.
    pub const QUERY: Reads = Reads(1 << 1);
    /// The method, the version, the address of the client or headers other than credentials.
    pub const HEAD: Reads = Reads(1 << 2);
    /// Headers that say who is asking: `Cookie`, `Authorization`.
    pub const CREDENTIALS: Reads = Reads(1 << 3);
    /// The body, which can be read once.
    pub const BODY: Reads = Reads(1 << 4);

    /// The union of two sets.
    #[must_use]
    pub const fn and(self, other: Reads) -> Reads {
        Reads(self.0 | other.0)
    }

    /// Whether every part of `other` is in this set.
    pub const fn contains(self, other: Reads) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is read.
    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_nothing() {
            return f.write_str("nothing");
        }
        let names = NAMES.iter().filter(|(part, _)| self.contains(*part));
        for (index, (_, name)) in names.enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{name}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reads({self})")
    }
}

const NAMES: [(Reads, &str); 5] = [
    (Reads::PARAMS, "params"),
    (Reads::QUERY, "query"),
    (Reads::HEAD, "headers"),
    (Reads::CREDENTIALS, "credentials"),
    (Reads::BODY, "body"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_contains_its_parts_and_nothing_else() {
        let both = Reads::PARAMS.and(Reads::BODY);
        assert!(both.contains(Reads::PARAMS));
        assert!(both.contains(Reads::NOTHING));
        assert!(!both.contains(Reads::QUERY));
        assert!(!both.contains(Reads::QUERY.and(Reads::BODY)));
    }

    #[test]
    fn a_set_names_its_parts_in_the_order_of_a_request() {
        let all = Reads::BODY.and(Reads::CREDENTIALS).and(Reads::HEAD).and(Reads::PARAMS);
        assert_eq!(all.to_string(), "params, headers, credentials, body");
    }
}
