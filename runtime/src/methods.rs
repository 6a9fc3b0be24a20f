//! Sets of HTTP methods.

use core::fmt;

use http::Method;

/// A set of the methods that a route can answer to (RFC 9110 §9, RFC 5789).
///
/// ```
/// use rutter::Methods;
///
/// const READ: Methods = Methods::GET.and(Methods::HEAD);
/// assert!(READ.contains(Methods::GET));
/// assert_eq!(READ.to_string(), "GET, HEAD");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Methods(u8);

impl Methods {
    /// No method.
    pub const NONE: Methods = Methods(0);
    /// `GET`.
    pub const GET: Methods = Methods(1);
    /// `HEAD`.
    pub const HEAD: Methods = Methods(1 << 1);
    /// `POST`.
    pub const POST: Methods = Methods(1 << 2);
    /// `PUT`.
    pub const PUT: Methods = Methods(1 << 3);
    /// `PATCH`.
    pub const PATCH: Methods = Methods(1 << 4);
    /// `DELETE`.
    pub const DELETE: Methods = Methods(1 << 5);
    /// `OPTIONS`.
    pub const OPTIONS: Methods = Methods(1 << 6);

    /// How many methods there are: the length of a table with a place for each.
    pub(crate) const COUNT: usize = NAMES.len();

    /// The set of one method; `None` for one that no route can have, such as `CONNECT`.
    pub fn of(method: &Method) -> Option<Methods> {
        Some(match *method {
            Method::GET => Methods::GET,
            Method::HEAD => Methods::HEAD,
            Method::POST => Methods::POST,
            Method::PUT => Methods::PUT,
            Method::PATCH => Methods::PATCH,
            Method::DELETE => Methods::DELETE,
            Method::OPTIONS => Methods::OPTIONS,
            _ => return None,
        })
    }

    /// The union of two sets.
    #[must_use]
    pub const fn and(self, other: Methods) -> Methods {
        Methods(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn both(self, other: Methods) -> Methods {
        Methods(self.0 & other.0)
    }

    /// Whether every method of `other` is in this set.
    pub const fn contains(self, other: Methods) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether none of them asks for a change (RFC 9110 §9.2.1).
    pub(crate) const fn is_safe(self) -> bool {
        Methods::GET.and(Methods::HEAD).and(Methods::OPTIONS).contains(self)
    }

    /// Whether no method is in this set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each method as a set of its own, with its place in a table.
    pub(crate) fn each(self) -> impl Iterator<Item = (usize, Methods)> {
        (0..Self::COUNT).map(|place| (place, Methods(1 << place))).filter(move |(_, one)| self.contains(*one))
    }

    /// The place of a set of one method in a table.
    pub(crate) const fn place(self) -> usize {
        self.0.trailing_zeros() as usize
    }
}

impl fmt::Display for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (place, _)) in self.each().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}", NAMES[place])?;
        }
        Ok(())
    }
}

impl fmt::Debug for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Methods({self})")
    }
}

const NAMES: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
