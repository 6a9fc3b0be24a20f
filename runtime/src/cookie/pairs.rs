//! The pairs of a `Cookie`, each found in the time that a few comparisons take.

use core::ops::Range;
use std::sync::OnceLock;

use crate::percent;

/// Names and values, in the order in which they were sent.
#[derive(Default)]
pub(super) struct Pairs {
    /// All of them, one behind the other, escapes resolved.
    text: String,
    places: Vec<Place>,
    /// The places of many, sorted by name: otherwise a look-up for each of them would read all of them each time.
    sorted: OnceLock<Vec<usize>>,
}

struct Place {
    start: usize,
    /// Where the name ends and the value begins.
    middle: usize,
    end: usize,
}

impl Pairs {
    /// Reads the lines of a request's `Cookie`: HTTP/2 splits them (RFC 9113 §8.2.3).
    pub(super) fn parse<'l>(lines: impl Iterator<Item = &'l [u8]>) -> Pairs {
        let mut pairs = Pairs::default();
        for line in lines {
            pairs.text.reserve(line.len());
            for (name, value) in line.split(|byte| *byte == b';').filter_map(pair) {
                pairs.push(name, value);
            }
        }
        pairs
    }

    fn push(&mut self, name: &str, value: &str) {
        let start = self.text.len();
        self.text.push_str(name);
        let middle = self.text.len();
        match unescaped(value) {
            Some(value) => self.text.push_str(&value),
            None => self.text.push_str(value),
        }
        self.places.push(Place { start, middle, end: self.text.len() });
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.places.iter().map(|place| (&self.text[place.start..place.middle], &self.text[place.middle..place.end]))
    }

    /// The values with this name.
    pub(super) fn named<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        let (few, many) = if self.len() <= FEW { (0..self.len(), 0..0) } else { (0..0, self.sorted_as(name)) };
        let few = few.filter(move |index| self.name(*index) == name);
        let many = many.filter_map(|at| self.sorted.get()?.get(at).copied());
        few.chain(many).map(|index| &self.text[self.places[index].middle..self.places[index].end])
    }

    /// Where those with this name stand among the sorted.
    fn sorted_as(&self, name: &str) -> Range<usize> {
        let sorted = self.sorted.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.len()).collect();
            places.sort_by_key(|index| self.name(*index));
            places
        });
        let start = sorted.partition_point(|index| self.name(*index) < name);
        let end = sorted.partition_point(|index| self.name(*index) <= name);
        start..end
    }

    fn name(&self, index: usize) -> &str {
        let place = &self.places[index];
        &self.text[place.start..place.middle]
    }
}

/// Up to so many are looked through one by one.
const FEW: usize = 16;

/// The name and the value of one pair; `None` for what is left out.
fn pair(pair: &[u8]) -> Option<(&str, &str)> {
    let equals = pair.iter().position(|byte| *byte == b'=')?;
    let (name, value) = (text(&pair[..equals])?, text(&pair[equals + 1..])?);
    // A browser may send a cookie without a name as `=value`, and the value may look like a pair.
    (!name.is_empty()).then_some((name, value))
}

/// Text without the spaces around it. Only spaces and tabs are any: others have been used to give a cookie the name of
/// another, which browsers protect.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(bytes).ok()?.trim_matches([' ', '\t']);
    text.bytes().all(|byte| !byte.is_ascii_control()).then_some(text)
}

/// The value with its escapes resolved, where it has any and all of them are sound.
fn unescaped(value: &str) -> Option<String> {
    if !value.contains('%') {
        return None;
    }
    String::from_utf8(percent::resolved(value.as_bytes()).collect::<Option<_>>()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    fn parsed(line: &str) -> Vec<(String, String)> {
        let pairs = Pairs::parse([line.as_bytes()].into_iter());
        pairs.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn pairs_are_read_as_they_stand() {
        let table: [(&str, &[(&str, &str)]); 24] = [
            ("", &[]),
            ("a=b", &[("a", "b")]),
            ("a=b; c=d", &[("a", "b"), ("c", "d")]),
            ("a=b;c=d", &[("a", "b"), ("c", "d")]),
            (" a = b ;\t; c\t=\td;", &[("a", "b"), ("c", "d")]),
            ("a=; b=", &[("a", ""), ("b", "")]),
            ("a=b=c==", &[("a", "b=c==")]),
            // Duplicates stay in their order.
            ("a=1; a=2; A=3", &[("a", "1"), ("a", "2"), ("A", "3")]),
            // What has no name cannot take another's.
            ("=a=b; c; ; =; ==x; foo", &[]),
            ("=__Host-a=b", &[]),
            // Quotes belong to the value, and part nothing.
            ("a=\"b\"", &[("a", "\"b\"")]),
            ("a=\"b; c=d\"", &[("a", "\"b"), ("c", "d\"")]),
            ("a=\"", &[("a", "\"")]),
            ("$Version=1; a=\"x; b=y; c=\"z", &[("$Version", "1"), ("a", "\"x"), ("b", "y"), ("c", "\"z")]),
            // A comma parts nothing.
            ("a=b, c=d", &[("a", "b, c=d")]),
            // Escapes.
            ("a=%20b%3b", &[("a", " b;")]),
            ("a=caf%C3%A9+", &[("a", "caf\u{e9}+")]),
            ("a=%0d%0a", &[("a", "\r\n")]),
            ("a=100%; b=%zz; c=%4", &[("a", "100%"), ("b", "%zz"), ("c", "%4")]),
            ("a=%41%zz; b=%ff; c=%c3%28", &[("a", "%41%zz"), ("b", "%ff"), ("c", "%c3%28")]),
            ("%61=b", &[("%61", "b")]),
            // Text beyond ASCII is text.
            ("a=caf\u{e9}; \u{e9}=b", &[("a", "caf\u{e9}"), ("\u{e9}", "b")]),
            // Other spaces are none.
            ("\u{2000}a=b; \u{a0}c=d\u{a0}", &[("\u{2000}a", "b"), ("\u{a0}c", "d\u{a0}")]),
            ("a=b\0c; d=e\x7f; f\x01=g; h=i\tj; k=l", &[("k", "l")]),
        ];
        for (line, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            assert_eq!(parsed(line), expected, "{line:?}");
        }
    }

    #[test]
    fn what_is_no_text_takes_only_itself_away() {
        let pairs = Pairs::parse([&b"a=\xff; \xff=b; c=d"[..], b"e=f"].into_iter());
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [("c", "d"), ("e", "f")]);
    }

    #[test]
    fn many_are_found_as_few_are() {
        for count in [1, FEW - 1, FEW, FEW + 1, 5_000] {
            let mut lines: Vec<String> = (0..count).rev().map(|number| format!("n{number}={number}")).collect();
            lines.push("n0=again".to_owned());
            let pairs = Pairs::parse(lines.iter().map(String::as_bytes));
            for number in 0..count {
                let expected = number.to_string();
                assert_eq!(pairs.named(&format!("n{number}")).next(), Some(&*expected), "{count}");
            }
            assert_eq!(pairs.named("n0").collect::<Vec<_>>(), ["0", "again"]);
            assert_eq!(pairs.named("n").next(), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(lines in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..5)) {
            let pairs = Pairs::parse(lines.iter().map(Vec::as_slice));
            assert!(pairs.iter().all(|(name, _)| !name.is_empty() && pairs.named(name).count() > 0));
        }

        #[test]
        fn bytes_that_look_like_cookies_are_read_without_a_panic(line in proptest::collection::vec(proptest::sample::select(&b"ab=;; %2\xc3\xa9\"\t\0"[..]), 0..200)) {
            let pairs = Pairs::parse([line.as_slice()].into_iter());
            assert!(pairs.iter().all(|(name, _)| pairs.named(name).count() > 0));
        }
    }
}
