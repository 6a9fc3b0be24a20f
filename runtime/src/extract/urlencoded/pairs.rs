//! Names and values as they stand in the text, and as what they spell.

use core::iter;
use std::{borrow::Cow, collections::HashMap};

use crate::percent::unescape;

/// A name or a value as it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'t> {
    text: &'t str,
    /// Nothing in it is written otherwise than it reads.
    plain: bool,
}

/// The pairs of a text, in their order. What stands between two `&&` is none.
#[derive(Debug)]
struct Pairs<'t> {
    rest: &'t str,
}

/// A pair, and where the others of its name stand.
#[derive(Debug)]
pub(super) struct Pair<'t> {
    pub(super) name: Raw<'t>,
    pub(super) value: Raw<'t>,
    /// The first pair of this name: the place of this one, where it is the first.
    pub(super) head: usize,
    pub(super) next: Option<usize>,
}

/// All pairs of a text, each linked to the next of its name. The work grows with the text and not
/// with its square, whatever a client sends.
pub(super) fn linked(text: &str) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::with_capacity(FEW);
    let mut names = Names::default();
    for (place, (name, value)) in Pairs::new(text).enumerate() {
        let before = names.last(name, place, &pairs);
        let head = before.map_or(place, |before| pairs[before].head);
        if let Some(before) = before {
            pairs[before].next = Some(place);
        }
        pairs.push(Pair { name, value, head, next: None });
    }
    pairs
}

/// The last place of each name so far.
///
/// Few plain names are compared with one another. More of them, and names with escapes, are looked
/// up by what they spell.
#[derive(Default)]
struct Names<'t> {
    /// The bits of the names so far: mostly they show that a name is new.
    seen: u64,
    places: Option<HashMap<Cow<'t, str>, usize>>,
}

impl<'t> Names<'t> {
    /// Where this name stood last; from now on it is at `place`.
    fn last(&mut self, name: Raw<'t>, place: usize, pairs: &[Pair<'t>]) -> Option<usize> {
        if self.places.is_none() && (place >= FEW || !name.plain) {
            self.places = Some(pairs.iter().enumerate().map(|(place, pair)| (pair.name.text(), place)).collect());
        }
        if let Some(places) = &mut self.places {
            return places.insert(name.text(), place);
        }
        let bit = name.bit();
        let known = self.seen & bit != 0;
        self.seen |= bit;
        if !known {
            return None;
        }
        pairs.iter().rposition(|pair| pair.name.text == name.text)
    }
}

/// As many as a usual form has.
const FEW: usize = 8;

impl<'t> Pairs<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Pairs { rest: text }
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

    /// A bit that equal names have in common.
    fn bit(self) -> u64 {
        let bytes = self.text.as_bytes();
        let [first, last] = [bytes.first(), bytes.last()].map(|byte| byte.map_or(0, |byte| usize::from(*byte)));
        1 << ((first * 5 + last * 3 + bytes.len()) % 64)
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
    fn pairs_of_one_name_are_linked_however_it_is_written() {
        let links = |text| linked(text).iter().map(|pair| (pair.head, pair.next)).collect::<Vec<_>>();
        assert_eq!(links("a=1&b=2&a=3"), [(0, Some(2)), (1, None), (0, None)]);
        assert_eq!(links("tag=1&t%61g=2&b=3&tag=4"), [(0, Some(1)), (0, Some(3)), (2, None), (0, None)]);
        assert_eq!(links("a+b=1&a%20b=2"), [(0, Some(1)), (0, None)]);
        assert_eq!(links("a&b&ab&ba"), [(0, None), (1, None), (2, None), (3, None)]);
    }

    #[test]
    fn many_pairs_are_linked_like_few() {
        let text: Vec<String> = (0..40).map(|n| format!("n{}=x", n % 13)).collect();
        let pairs = linked(&text.join("&")).iter().map(|pair| (pair.head, pair.next)).collect::<Vec<_>>();
        let expected: Vec<_> = (0..40).map(|n| (n % 13, (n + 13 < 40).then_some(n + 13))).collect();
        assert_eq!(pairs, expected);
    }
}
