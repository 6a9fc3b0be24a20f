//! Names and values as they stand in the text, and as what they spell.

use core::iter;
use std::borrow::Cow;

use crate::response::percent::unescape;

/// A name or a value as it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'t> {
    text: &'t str,
    /// Nothing in it is written otherwise than it reads.
    plain: bool,
}

/// The pairs of a text, in their order. What stands between two `&&` is none.
#[derive(Debug, Clone)]
pub(super) struct Pairs<'t> {
    rest: &'t str,
}

impl<'t> Pairs<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Pairs { rest: text }
    }

    /// The values of this name that are still to come.
    pub(super) fn named(self, name: Raw<'t>) -> impl Iterator<Item = Raw<'t>> {
        self.filter(move |(other, _)| other.spells(name)).map(|(_, value)| value)
    }

    /// Takes what stands before one of two marks, and which of them it is.
    fn until(&mut self, mark: u8) -> (Raw<'t>, Option<u8>) {
        let mut plain = true;
        let mut end = self.rest.len();
        let mut found = None;
        for (at, byte) in self.rest.bytes().enumerate() {
            if byte == b'&' || byte == mark {
                (end, found) = (at, Some(byte));
                break;
            }
            plain &= byte != b'%' && byte != b'+';
        }
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        (Raw { text, plain }, found)
    }
}

impl<'t> Iterator for Pairs<'t> {
    type Item = (Raw<'t>, Raw<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let (name, end) = self.until(b'=');
            if end == Some(b'=') {
                return Some((name, self.until(b'&').0));
            }
            if !name.text.is_empty() {
                return Some((name, Raw { text: "", plain: true }));
            }
        }
        None
    }
}

impl<'t> Raw<'t> {
    /// What it spells: `+` is a space (WHATWG URL §5.1). Borrowed where nothing is written
    /// otherwise.
    pub(super) fn text(self) -> Cow<'t, str> {
        if self.plain {
            return Cow::Borrowed(self.text);
        }
        let bytes: Vec<u8> = unescape_form(self.text).collect();
        // `check` has seen that escapes and bytes together spell UTF-8; across the bounds of a name
        // or a value they may not.
        Cow::Owned(
            String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        )
    }

    pub(super) fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Whether both are the same once their escapes are resolved.
    pub(super) fn spells(self, other: Raw<'_>) -> bool {
        if self.plain && other.plain { self.text == other.text } else { self.text() == other.text() }
    }

    /// A bit that names which spell the same have in common; all of them where that is not seen
    /// without resolving escapes.
    pub(super) fn bit(self) -> u64 {
        match self.text.as_bytes() {
            [first, .., last] if self.plain => {
                1 << ((usize::from(*first) * 5 + usize::from(*last) * 3 + self.text.len()) % 64)
            }
            [only] if self.plain => 1 << (only % 64),
            _ => u64::MAX,
        }
    }
}

fn unescape_form(text: &str) -> impl Iterator<Item = u8> {
    let mut pieces = text.split('+').map(|piece| unescape(piece.as_bytes()));
    let first = pieces.next();
    first.into_iter().flatten().chain(pieces.flat_map(|piece| iter::once(b' ').chain(piece)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        Pairs::new(text).map(|(name, value)| (name.text().into_owned(), value.text().into_owned())).collect()
    }

    #[test]
    fn a_text_is_split_before_it_is_unescaped() {
        let table: [(&str, &[(&str, &str)]); 8] = [
            ("", &[]),
            ("&&", &[]),
            ("a=1&b=2", &[("a", "1"), ("b", "2")]),
            ("a", &[("a", "")]),
            ("=a", &[("", "a")]),
            ("a=b=c", &[("a", "b=c")]),
            ("a+b=%26+%3D", &[("a b", "& =")]),
            ("a=%2B+", &[("a", "+ ")]),
        ];
        for (text, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let raw = |text| Pairs::new(text).next().expect("a pair").0;
        let spelled = |a, b| {
            let (a, b): (Raw<'_>, Raw<'_>) = (raw(a), raw(b));
            assert!(!a.spells(b) || a.bit() & b.bit() != 0);
            a.spells(b)
        };
        assert!(spelled("tag", "t%61g"));
        assert!(spelled("a+b", "a%20b"));
        assert!(!spelled("a", "b"));
        assert!(!spelled("a", "%62"));
    }
}
