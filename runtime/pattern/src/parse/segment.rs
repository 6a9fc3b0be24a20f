//! One segment: which form it has, and that the form fills it.

use alloc::{
    format,
    string::{String, ToString as _},
};
use core::ops::Range;

use super::{
    Kind, Reading, characters, foreign, group, name,
    piece::{Piece, PieceKind, pieces},
    square,
};
use crate::Segment;

/// Reads one segment, and adds it as what it was meant to be.
pub(super) fn read(range: &Range<usize>, last: bool, reading: &mut Reading<'_>) {
    let text = reading.at(range);
    if matches!(text, "." | "..") {
        reading.error(range.clone(), Kind::DotSegment { segment: String::from(text) });
        return;
    }
    let pieces = pieces(reading.text, range);
    let mut meant = None;
    for piece in &pieces {
        let read = match piece.kind {
            PieceKind::Text if reading.at(&piece.range) == "?" => {
                reading.error(range.clone(), optional(text, meant.as_ref()));
                None
            }
            PieceKind::Text => {
                characters::check(&piece.range, reading);
                None
            }
            PieceKind::Square => square::read(&piece.range, reading),
            PieceKind::OpenSquare => Some(square::read_open(&piece.range, reading)),
            PieceKind::Round | PieceKind::OpenRound => {
                group::read(piece, reading);
                None
            }
            PieceKind::Foreign => Some(foreign::read(&piece.range, last, reading)),
        };
        meant = meant.or(read);
    }
    one_form_fills_the_segment(&pieces, meant.as_ref(), range, reading);
    if !pieces.iter().all(|piece| piece.kind.is_group()) {
        let segment = meant.unwrap_or_else(|| Segment::Static(String::from(text)));
        reading.segments.push((segment, range.clone()));
    }
}

/// `[id]?` and `[...path]?`.
fn optional(text: &str, meant: Option<&Segment>) -> Kind {
    let name = meant.and_then(Segment::name).unwrap_or_default();
    if meant.is_some_and(Segment::is_catch_all) {
        let instead = format!("[[...{}]]", name::suggestion(name, "path"));
        return Kind::Foreign { written: String::from(text), instead };
    }
    Kind::OptionalParam { name: name::suggestion(name, "id") }
}

fn one_form_fills_the_segment(
    pieces: &[Piece],
    meant: Option<&Segment>,
    range: &Range<usize>,
    reading: &mut Reading<'_>,
) {
    let Some(form) = pieces.iter().find(|piece| piece.kind != PieceKind::Text) else {
        return;
    };
    // `[id]]`, `[id]?`: text that is a mistake in itself needs no second message.
    let is_reported = |piece: &Piece| {
        let text = reading.at(&piece.range);
        piece.kind == PieceKind::Text && text.trim_matches([']', ')', '}', '>', '?']).is_empty()
    };
    if pieces.iter().all(|piece| piece.range == form.range || is_reported(piece)) {
        return;
    }
    let group = pieces.iter().find(|piece| piece.kind.is_group());
    let params = pieces.iter().filter(|piece| piece.kind.is_param()).count();
    let kind = match (group, meant) {
        (Some(group), _) => Kind::TextAroundGroup { group: String::from(reading.at(&group.range)) },
        (None, _) if params > 1 => Kind::TwoParams,
        (None, Some(segment)) => Kind::TextAround { param: segment.to_string() },
        (None, None) => Kind::TextAround { param: String::from(reading.at(&form.range)) },
    };
    reading.error(range.clone(), kind);
}
