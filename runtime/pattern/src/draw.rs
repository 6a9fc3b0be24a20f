//! Text that is shown to a person: on one line, each character visible, with carets beneath.

use alloc::string::String;
use core::ops::Range;

/// A text on one line, and the line of carets that goes beneath.
pub(crate) struct Drawing {
    pub(crate) line: String,
    pub(crate) carets: String,
}

impl Drawing {
    /// Draws carets under a byte range; one caret where the range is empty.
    pub(crate) fn new(text: &str, range: &Range<usize>) -> Drawing {
        let (mut before, mut under) = (0, 0);
        for (at, character) in text.char_indices() {
            if at < range.start {
                before += width(character);
            } else if at < range.end {
                under += width(character);
            }
        }
        let mut carets = String::new();
        carets.extend(core::iter::repeat_n(' ', before));
        carets.extend(core::iter::repeat_n('^', under.max(1)));
        Drawing { line: shown(text), carets }
    }
}

/// The text with every character that cannot be seen, or would join its neighbour, written as an escape.
pub(crate) fn shown(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        if is_plain(character) {
            line.push(character);
        } else {
            line.extend(character.escape_debug());
        }
    }
    line
}

/// `escape_debug` takes control, format and combining characters, and also quotes and backslashes, which are plain.
fn is_plain(character: char) -> bool {
    matches!(character, '"' | '\'' | '\\') || character.escape_debug().len() == 1
}

/// How many columns of a terminal the character takes.
fn width(character: char) -> usize {
    if !is_plain(character) {
        return character.escape_debug().len();
    }
    1 + usize::from(WIDE.iter().any(|wide| wide.contains(&u32::from(character))))
}

/// The blocks of Unicode Standard Annex #11 that terminals draw two columns wide, without the stray characters.
const WIDE: [Range<u32>; 10] = [
    0x1100..0x1160,   // Hangul letters
    0x2E80..0x303F,   // radicals, punctuation of East Asia
    0x3041..0xA4D0,   // Kana, Han, Yi
    0xAC00..0xD7A4,   // Hangul syllables
    0xF900..0xFB00,   // Han for compatibility
    0xFE30..0xFE70,   // punctuation for compatibility
    0xFF01..0xFF61,   // full-width forms
    0x1F300..0x1F650, // pictures
    0x1F680..0x1FB00, // transport, more pictures
    0x20000..0x3FFFE, // Han, extended
];
