//! A request's path as segments: split, its escapes resolved, checked for what may not pass.

use core::fmt;

use crate::{
    extract::{Span, Spans},
    percent::resolved,
};

/// The segments of a path.
#[derive(Debug)]
pub struct Split {
    /// The path with its escapes resolved, where it has any: what `segments` point into.
    decoded: Option<Box<str>>,
    segments: Spans<INLINE>,
    /// Where the segments stand in the path as it was sent, where that differs.
    sent: Option<Box<Spans<INLINE>>>,
    untidy: bool,
}

/// Why a path is answered with a 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// It does not begin with `/`.
    NotAbsolute,
    /// A `%` without two hexadecimal digits.
    BadEscape,
    /// Escapes that make no UTF-8.
    NotUtf8,
    /// An escaped NUL.
    Nul,
    /// A `.` or `..` segment, escaped or not.
    DotSegment,
    /// Longer than any URI may be.
    TooLong,
}

impl Split {
    /// Splits a path as it was sent.
    ///
    /// # Errors
    /// When the path has what no handler may see.
    pub fn new(path: &str) -> Result<Split, BadPath> {
        let mut split = Split { decoded: None, segments: Spans::default(), sent: None, untidy: false };
        let bytes = path.as_bytes();
        if bytes.first() != Some(&b'/') {
            return Err(BadPath::NotAbsolute);
        }
        let (mut escaped, mut start, mut at) = (false, 1, 1);
        while let Some(mark) = first_mark(&bytes[at..]).map(|mark| at + mark) {
            match bytes[mark] {
                b'/' => {
                    split.segment(path, start, mark)?;
                    start = mark + 1;
                }
                b'%' => escaped = true,
                _ => split.untidy = true,
            }
            at = mark + 1;
        }
        if bytes.len() > 1 {
            split.segment(path, start, bytes.len())?;
        }
        if escaped { split.decode(path) } else { Ok(split) }
    }

    /// Where a segment stands in [`Split::text`].
    pub fn span(&self, index: usize) -> Option<Span> {
        self.segments.at(index)
    }

    /// From a segment to the end, in the path as it was sent.
    pub fn rest(&self, index: usize) -> Option<Span> {
        let sent = self.sent.as_deref().unwrap_or(&self.segments);
        Some(sent.at(index)?.through(sent.at(sent.len().checked_sub(1)?)?))
    }

    /// The text that the spans point into; `path` is the one that was split.
    pub fn text<'p>(&'p self, path: &'p str) -> &'p str {
        self.decoded.as_deref().unwrap_or(path)
    }

    /// The path with its escapes resolved, where it has any.
    pub fn into_decoded(self) -> Option<Box<str>> {
        self.decoded
    }

    /// Where an untidy path should go: one `/` between segments, none at the end.
    pub fn tidy(&self, path: &str) -> Option<String> {
        if !self.untidy {
            return None;
        }
        let mut tidy = String::with_capacity(path.len());
        for segment in path.split(['/', '\\']).filter(|segment| !segment.is_empty()) {
            tidy.push('/');
            tidy.push_str(segment);
        }
        if tidy.is_empty() {
            tidy.push('/');
        }
        Some(tidy)
    }

    fn segment(&mut self, path: &str, start: usize, end: usize) -> Result<(), BadPath> {
        let span = Span::new(start, end).ok_or(BadPath::TooLong)?;
        match path.as_bytes().get(start..end) {
            Some([]) => self.untidy = true,
            Some([b'.'] | [b'.', b'.']) => return Err(BadPath::DotSegment),
            _ => self.segments.push(span),
        }
        Ok(())
    }

    fn decode(self, path: &str) -> Result<Split, BadPath> {
        let mut text = Vec::with_capacity(path.len());
        let mut segments = Spans::default();
        for index in 0..self.segments.len() {
            let range = self.segments.at(index).map(Span::range).unwrap_or_default();
            text.push(b'/');
            let start = text.len();
            for byte in resolved(path.as_bytes().get(range).unwrap_or_default()) {
                text.push(byte.ok_or(BadPath::BadEscape)?);
            }
            match text.get(start..) {
                Some(b"." | b"..") => return Err(BadPath::DotSegment),
                Some(segment) if segment.contains(&0) => return Err(BadPath::Nul),
                // Each on its own: two halves of a character in two segments are none.
                Some(segment) if core::str::from_utf8(segment).is_err() => return Err(BadPath::NotUtf8),
                _ => segments.push(Span::new(start, text.len()).ok_or(BadPath::TooLong)?),
            }
        }
        let text = String::from_utf8(text).map_err(|_| BadPath::NotUtf8)?;
        let sent = Some(Box::new(self.segments));
        Ok(Split { decoded: Some(text.into_boxed_str()), segments, sent, untidy: self.untidy })
    }
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadPath::NotAbsolute => "the path does not begin with `/`",
            BadPath::BadEscape => "the path has a `%` that two hexadecimal digits do not follow",
            BadPath::NotUtf8 => "the path has escapes that are no UTF-8",
            BadPath::Nul => "the path has an escaped NUL",
            BadPath::DotSegment => "the path has a `.` or `..` segment",
            BadPath::TooLong => "the path is too long",
        })
    }
}

/// Where the first byte stands that means something in a path: `/`, `%` or `\`.
#[inline]
pub(super) fn first_mark(text: &[u8]) -> Option<usize> {
    let mut passed = 0;
    let mut rest = text;
    // Eight bytes at a time: the lowest set bit of the sum is in the first byte that is a mark.
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*word);
        let marks = zeros(word ^ ones(b'/')) | zeros(word ^ ones(b'%')) | zeros(word ^ ones(b'\\'));
        if marks != 0 {
            return Some(passed + marks.trailing_zeros() as usize / 8);
        }
        (passed, rest) = (passed + 8, after);
    }
    rest.iter().position(|byte| matches!(byte, b'/' | b'%' | b'\\')).map(|at| passed + at)
}

const fn ones(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bit of each byte that is zero, up to the first one; above it others may be set.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ones(1)) & !word & ones(0x80)
}

/// Paths of more segments than this are rare.
const INLINE: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(path: &str) -> Vec<String> {
        let split = Split::new(path).expect("a path that may pass");
        let text = split.text(path);
        (0..).map_while(|index| Some(text[split.span(index)?.range()].to_owned())).collect()
    }

    #[test]
    fn a_path_is_split_before_its_escapes_are_resolved() {
        let table: [(&str, &[&str]); 8] = [
            ("/", &[]),
            ("/a", &["a"]),
            ("/a/b", &["a", "b"]),
            ("/a%2Fb", &["a/b"]),
            ("/%61/b%20c", &["a", "b c"]),
            ("/caf%C3%A9", &["café"]),
            ("/a%5Cb", &["a\\b"]),
            ("/%252e", &["%2e"]),
        ];
        for (path, expected) in table {
            assert_eq!(segments(path), expected, "{path}");
        }
    }

    #[test]
    fn what_may_not_pass_is_refused() {
        let table = [
            ("", BadPath::NotAbsolute),
            ("*", BadPath::NotAbsolute),
            ("/%", BadPath::BadEscape),
            ("/%2", BadPath::BadEscape),
            ("/%zz", BadPath::BadEscape),
            ("/%+1", BadPath::BadEscape),
            ("/%FF", BadPath::NotUtf8),
            ("/%C3/%A9", BadPath::NotUtf8),
            ("/a%00b", BadPath::Nul),
            ("/.", BadPath::DotSegment),
            ("/a/../b", BadPath::DotSegment),
            ("/a/%2e%2E/b", BadPath::DotSegment),
            ("/a/.%2e", BadPath::DotSegment),
        ];
        for (path, expected) in table {
            assert_eq!(Split::new(path).err(), Some(expected), "{path}");
        }
    }

    #[test]
    fn an_untidy_path_has_a_tidy_one_to_go_to() {
        let table = [
            ("/a/b", None),
            ("/", None),
            ("/a/", Some("/a")),
            ("//", Some("/")),
            ("//evil.example/x", Some("/evil.example/x")),
            ("/\\evil.example", Some("/evil.example")),
            ("/a//b", Some("/a/b")),
            ("/a\\b", Some("/a/b")),
            ("/a%2F%2Fb/", Some("/a%2F%2Fb")),
        ];
        for (path, expected) in table {
            let split = Split::new(path).expect("a path that may pass");
            assert_eq!(split.tidy(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn the_first_mark_is_found_wherever_it_stands() {
        for len in 0..40 {
            let plain = vec![b'a'; len];
            assert_eq!(first_mark(&plain), None);
            for at in 0..len {
                for mark in *b"/%\\" {
                    // Bytes that differ from a mark in one bit, and a second mark behind the first.
                    let mut text = vec![mark ^ 1; len];
                    text[at] = mark;
                    text[len - 1] = mark;
                    assert_eq!(first_mark(&text), Some(at), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_rest_is_taken_from_the_path_as_it_was_sent() {
        let path = "/files/a%2Fb/c";
        let split = Split::new(path).expect("a path that may pass");
        assert_eq!(&path[split.rest(1).expect("a segment").range()], "a%2Fb/c");
        assert_eq!(split.rest(3), None);
    }
}
