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
    /// The method, the version, or headers other than credentials.
    pub const HEAD: Reads = Reads(1 << 2);
    /// `Cookie`.
    pub const COOKIES: Reads = Reads(1 << 3);
    /// `Authorization`.
    pub const AUTHORIZATION: Reads = Reads(1 << 4);
    /// What says who is asking: [`COOKIES`](Reads::COOKIES) and
    /// [`AUTHORIZATION`](Reads::AUTHORIZATION).
    pub const CREDENTIALS: Reads = Reads::COOKIES.and(Reads::AUTHORIZATION);
    /// The address of the client.
    pub const CLIENT: Reads = Reads(1 << 5);
    /// The body, which can be read once.
    pub const BODY: Reads = Reads(1 << 6);
    /// Nothing, but something is done for each request that a kept answer would leave undone.
    pub const EACH: Reads = Reads(1 << 7);

    /// The union of two sets.
    #[must_use]
    pub const fn and(self, other: Reads) -> Reads {
        Reads(self.0 | other.0)
    }

    /// Whether every part of `other` is in this set.
    pub const fn contains(self, other: Reads) -> bool {
        self.0 & other.0 == other.0
    }

    /// What is in both sets.
    #[must_use]
    pub const fn both(self, other: Reads) -> Reads {
        Reads(self.0 & other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Reads) -> Reads {
        Reads(self.0 & !other.0)
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
        let mut left = *self;
        for (part, name) in NAMES.iter().filter(|(part, _)| self.contains(*part)) {
            if !left.both(*part).is_nothing() {
                let comma = if left == *self { "" } else { ", " };
                write!(f, "{comma}{name}")?;
            }
            left = left.without(*part);
        }
        Ok(())
    }
}

impl fmt::Debug for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reads({self})")
    }
}

const NAMES: [(Reads, &str); 9] = [
    (Reads::PARAMS, "params"),
    (Reads::QUERY, "query"),
    (Reads::HEAD, "headers"),
    // Both together have a word of their own.
    (Reads::CREDENTIALS, "credentials"),
    (Reads::COOKIES, "cookies"),
    (Reads::AUTHORIZATION, "authorization"),
    (Reads::CLIENT, "client address"),
    (Reads::BODY, "body"),
    (Reads::EACH, "each request"),
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
        assert_eq!(Reads::BODY.and(Reads::COOKIES).to_string(), "cookies, body");
        assert_eq!(Reads::AUTHORIZATION.to_string(), "authorization");
    }
}
