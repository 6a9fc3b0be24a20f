//! From a segment to its pieces: brackets of any kind, and the text around them.

use alloc::vec::Vec;
use core::ops::Range;

/// One piece of a segment's text.
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text,
    /// `[id]`
    Square,
    /// `[id`
    OpenSquare,
    /// `(shop)`
    Round,
    /// `(shop`
    OpenRound,
    /// `{id}`, `<id>`, `:id`, `*path`, `...path`, or one of the first two left open.
    Foreign,
}

impl PieceKind {
    pub(super) fn is_param(self) -> bool {
        matches!(self, PieceKind::Square | PieceKind::OpenSquare | PieceKind::Foreign)
    }

    pub(super) fn is_group(self) -> bool {
        matches!(self, PieceKind::Round | PieceKind::OpenRound)
    }
}

/// The pieces of one segment, which together are its whole text.
pub(super) fn pieces(text: &str, segment: &Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let segment_text = &text[segment.clone()];
    let mut at = 0;
    if let Some(end) = unbracketed(segment_text) {
        pieces.push(Piece { kind: PieceKind::Foreign, range: segment.start..segment.start + end });
        at = end;
    }
    while at < segment_text.len() {
        let (kind, end) = bracketed(segment_text, at).unwrap_or_else(|| {
            let rest = &segment_text[at..];
            (PieceKind::Text, at + rest.find(['[', '(', '{', '<']).unwrap_or(rest.len()))
        });
        pieces.push(Piece { kind, range: segment.start + at..segment.start + end });
        at = end;
    }
    pieces
}

/// Where the bracket that opens at `start` closes: the place after its partner.
pub(super) fn closing(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (open, close, holds_slashes) = match bytes[start] {
        b'[' => (b'[', b']', false),
        b'(' => (b'(', b')', false),
        // `{path:[^/]+}`: a regular expression may hold a slash.
        b'{' => (b'{', b'}', true),
        b'<' => (b'<', b'>', true),
        _ => return None,
    };
    let mut depth = 0_usize;
    let mut crossed = false;
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        if byte == open {
            // `/[id/[name]`: the first bracket stays open; `/[id/name]` holds a slash.
            if crossed {
                return None;
            }
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        } else if byte == b'/' && !holds_slashes {
            crossed = true;
        }
    }
    None
}

fn bracketed(segment: &str, at: usize) -> Option<(PieceKind, usize)> {
    let end = closing(segment, at);
    let kind = match (segment.as_bytes()[at], end) {
        (b'[', Some(_)) => PieceKind::Square,
        (b'[', None) => PieceKind::OpenSquare,
        (b'(', Some(_)) => PieceKind::Round,
        (b'(', None) => PieceKind::OpenRound,
        (b'{' | b'<', _) => PieceKind::Foreign,
        _ => return None,
    };
    Some((kind, end.unwrap_or(segment.len())))
}

/// The end of `:id`, `:id(\d+)?`, `*`, `*path` and `...path`, which have no brackets, at the start of a segment.
fn unbracketed(segment: &str) -> Option<usize> {
    if let Some(rest) = segment.strip_prefix(':') {
        return Some(1 + colon_length(rest));
    }
    if segment.starts_with("...") {
        let word = |character| is_word(character) || character == '.';
        return Some(segment.find(|character| !word(character)).unwrap_or(segment.len()));
    }
    let rest = segment.trim_start_matches('*');
    (rest.len() < segment.len() && rest.chars().all(is_word)).then_some(segment.len())
}

/// How far a name, a regular expression in brackets and a modifier reach.
fn colon_length(rest: &str) -> usize {
    let mut end = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
    if end < rest.len() && !rest[end..].starts_with('[') {
        end = closing(rest, end).unwrap_or(end);
    }
    end + usize::from(rest[end..].starts_with(['?', '*', '+']))
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}
