//! Names for what an answer is made of, written with the path's segments in them.

use core::fmt;

/// A tag as the attribute writes it: `products`, `product:[id]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagTemplate {
    text: &'static str,
    pieces: &'static [TagPiece],
}

/// A piece of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagPiece {
    /// Text as it is.
    Text(&'static str),
    /// The value of the dynamic segment with this place in the pattern.
    Param(usize),
}

impl TagTemplate {
    #[doc(hidden)]
    pub const fn new(text: &'static str, pieces: &'static [TagPiece]) -> Self {
        TagTemplate { text, pieces }
    }

    /// The tag as written.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Its pieces.
    pub const fn pieces(&self) -> &'static [TagPiece] {
        self.pieces
    }
}

impl fmt::Display for TagTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}
