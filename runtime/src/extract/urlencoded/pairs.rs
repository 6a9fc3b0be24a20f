//! Names and values as they stand in the text, and as what they spell.

use core::iter;
use std::borrow::Cow;

use crate::response::percent::unescape;

/// A name or a value as it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'t>(&'t str);

/// The pairs of a text, in their order. What stands between two `&&` is none.
#[derive(Debug, Clone, Copy)]
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
}

impl<'t> Iterator for Pairs<'t> {
    type Item = (Raw<'t>, Raw<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let end = self.rest.bytes().position(|byte| byte == b'&');
            let (pair, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest.strip_prefix('&').unwrap_or_default();
            if pair.is_empty() {
                continue;
            }
            let equals = pair.bytes().position(|byte| byte == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(equals);
            return Some((Raw(name), Raw(value.strip_prefix('=').unwrap_or_default())));
        }
        None
    }
}

impl<'t> Raw<'t> {
    /// What it spells: `+` is a space (WHATWG URL §5.1). Borrowed where nothing is written
    /// otherwise.
    pub(super) fn text(self) -> Cow<'t, str> {
        if self.is_plain() {
            return Cow::Borrowed(self.0);
        }
        let bytes: Vec<u8> = unescape_form(self.0).collect();
        // `check` has seen that escapes and bytes together spell UTF-8; across the bounds of a name
        // or a value they may not.
        Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are the same once their escapes are resolved.
    pub(super) fn spells(self, other: Raw<'_>) -> bool {
        self.0 == other.0 || (!(self.is_plain() && other.is_plain()) && self.text() == other.text())
    }

    fn is_plain(self) -> bool {
        !self.0.bytes().any(|byte| byte == b'%' || byte == b'+')
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
        let spelled = |a, b| Raw(a).spells(Raw(b));
        assert!(spelled("tag", "t%61g"));
        assert!(spelled("a+b", "a%20b"));
        assert!(!spelled("a", "b"));
        assert!(!spelled("a", "%62"));
    }
}
