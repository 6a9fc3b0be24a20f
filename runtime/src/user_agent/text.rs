//! What is read of an agent's text, and the parts of it that an answer names.

use core::ops::Range;

/// As many characters are read; whatever follows them costs nothing.
pub(super) const LIMIT: usize = 350;

/// The first 350 characters of a header, bytes that are no UTF-8 replaced.
pub(super) fn cut(bytes: &[u8]) -> Box<str> {
    // A character takes four bytes at most; so what is beyond them needs no look.
    let bytes = &bytes[..bytes.len().min(4 * LIMIT)];
    let text = String::from_utf8_lossy(bytes);
    let end = text.char_indices().nth(LIMIT).map_or(text.len(), |(at, _)| at);
    text[..end].into()
}

/// A part of an answer: mostly a piece of the agent's own text, or a name that a table has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A name of a table.
    Is(&'static str),
    /// From one byte to another.
    Piece(u16, u16),
    /// What had to be written anew, such as `10.15.7` for `10_15_7`.
    Own(Box<str>),
}

impl Part {
    /// A piece of the text, without the blanks around it.
    pub(super) fn piece(text: &str, range: Range<usize>) -> Part {
        let piece = &text[range.clone()];
        let start = range.start + (piece.len() - piece.trim_start().len());
        Part::exact(start..start + piece.trim().len())
    }

    /// A piece of the text as it stands there.
    pub(super) fn exact(range: Range<usize>) -> Part {
        // 350 characters are 1,400 bytes at most.
        let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        Part::Piece(place(range.start), place(range.end))
    }

    /// A piece in which each `from` is written as `to`.
    pub(super) fn rewritten(text: &str, range: Range<usize>, from: char, to: &str) -> Part {
        let piece = text[range.clone()].trim();
        if piece.contains(from) { Part::Own(piece.replace(from, to).into()) } else { Part::piece(text, range) }
    }

    pub(super) fn text<'a>(&'a self, agent: &'a str) -> &'a str {
        match self {
            Part::Is(name) => name,
            Part::Piece(start, end) => agent.get(usize::from(*start)..usize::from(*end)).unwrap_or_default(),
            Part::Own(text) => text,
        }
    }
}

/// The stretch from `at` on whose bytes all fit. It ends where a character ends if only ASCII fits.
pub(super) fn run(text: &str, at: usize, fits: impl Fn(u8) -> bool) -> Range<usize> {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at..at + rest.iter().take_while(|byte| fits(**byte)).count()
}

/// Letters, digits and the underscore: what words are made of.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What versions are made of.
pub(super) fn is_version(byte: u8) -> bool {
    is_word(byte) || byte == b'.' || byte == b'-'
}

/// Whether a word may begin here.
pub(super) fn begins(text: &str, at: usize) -> bool {
    at == 0 || !is_word(text.as_bytes()[at - 1])
}

/// Whether a word may end here.
pub(super) fn ends(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_none_or(|byte| !is_word(*byte))
}

/// The first place of a word at or behind `from`, whatever its case. Words are ASCII and short.
pub(super) fn find(text: &str, from: usize, word: &str) -> Option<usize> {
    let (first, rest) = word.as_bytes().split_first()?;
    let bytes = text.as_bytes();
    let last = bytes.len().checked_sub(word.len())?;
    // In one bit letters differ from capitals; what differs there else is sorted out behind it.
    let first = first | 0x20;
    (from..=last).find(|at| {
        bytes[*at] | 0x20 == first && bytes[*at + 1..][..rest.len()].eq_ignore_ascii_case(rest) && {
            bytes[*at].eq_ignore_ascii_case(&word.as_bytes()[0])
        }
    })
}

/// Whether the text goes on with this word at `at`, whatever its case.
pub(super) fn goes_on(text: &str, at: usize, word: &str) -> bool {
    text.as_bytes().get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_is_after_350_characters_however_many_bytes_they_have() {
        for letter in ["a", "é", "€", "🦀"] {
            assert_eq!(&*cut(letter.repeat(350).as_bytes()), letter.repeat(350));
            assert_eq!(&*cut(letter.repeat(351).as_bytes()), letter.repeat(350));
            assert_eq!(&*cut(letter.repeat(9_000).as_bytes()), letter.repeat(350));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(&*cut(b"curl\xff/8"), "curl\u{fffd}/8");
        assert_eq!(cut(&[0xff; 2_000]).chars().count(), 350);
    }

    #[test]
    fn a_piece_is_trimmed() {
        let text = "; Nokia 3.2 ;";
        assert_eq!(Part::piece(text, 1..12).text(text), "Nokia 3.2");
        assert_eq!(Part::piece(text, 1..2).text(text), "");
    }
}
