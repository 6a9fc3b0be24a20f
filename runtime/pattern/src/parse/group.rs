//! Groups: `(shop)`.

use alloc::{format, string::String};

use super::{
    Kind, Reading, characters,
    piece::{Piece, PieceKind},
};

/// Checks one group, closed or left open.
pub(super) fn read(piece: &Piece, reading: &mut Reading<'_>) {
    let text = reading.at(&piece.range);
    let open = piece.kind == PieceKind::OpenRound;
    let inner = piece.range.start + 1..piece.range.end - usize::from(!open);
    let name = reading.at(&inner);
    if open {
        let name = name.trim_matches(['(', ')']);
        let instead = if name.is_empty() { String::from("(shop)") } else { format!("({name})") };
        reading.error(piece.range.clone(), Kind::UnclosedGroup { instead });
    } else if text.contains('/') {
        reading.error(piece.range.clone(), Kind::SlashInside);
    } else if name.contains(['(', ')']) {
        reading.error(piece.range.clone(), Kind::NestedGroup);
    } else if name.contains(['[', ']']) {
        reading.error(piece.range.clone(), Kind::ParamInGroup);
    } else if name.trim().is_empty() {
        reading.error(piece.range.clone(), Kind::EmptyGroup);
    } else if !characters::are_plain(name) {
        reading.error(inner, Kind::GroupName);
    }
}
