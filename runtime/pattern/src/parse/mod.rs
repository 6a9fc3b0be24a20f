//! From text to segments: cut the path out, split it, read each segment, then check them together.
//!
//! Nothing stops at the first mistake. A segment that is wrong is read as what it was meant to be, so that one
//! mistake is reported once and hides no other.

mod characters;
mod foreign;
mod frame;
mod group;
mod name;
mod piece;
mod segment;
mod split;
mod square;

use alloc::{string::String, vec::Vec};
use core::ops::Range;

use crate::{PatternError, PatternErrorKind as Kind, PatternErrors, Segment};

/// The segments of a pattern, groups left out, or every mistake in it.
pub(crate) fn segments(text: &str) -> Result<Vec<Segment>, PatternErrors> {
    let mut reading = Reading { text, errors: Vec::new(), names: Vec::new(), segments: Vec::new() };
    let path = frame::path(&mut reading);
    let ranges = split::split(path, &mut reading);
    for (index, range) in ranges.iter().enumerate() {
        let last = index + 1 == ranges.len();
        segment::read(range, last, &mut reading);
    }
    names_are_unique(&mut reading);
    catch_all_is_last(&mut reading);
    PatternErrors::check(reading.errors)?;
    Ok(reading.segments.into_iter().map(|(segment, _)| segment).collect())
}

/// What is known of a pattern so far.
struct Reading<'t> {
    text: &'t str,
    errors: Vec<PatternError>,
    /// Each name that may name an argument, with its place.
    names: Vec<(&'t str, Range<usize>)>,
    /// The segments with their places, as they were meant.
    segments: Vec<(Segment, Range<usize>)>,
}

impl<'t> Reading<'t> {
    fn at(&self, range: &Range<usize>) -> &'t str {
        &self.text[range.clone()]
    }

    fn error(&mut self, range: Range<usize>, kind: Kind) {
        self.errors.push(PatternError::new(self.text, range, kind));
    }
}

fn names_are_unique(reading: &mut Reading<'_>) {
    for (index, (name, range)) in reading.names.clone().into_iter().enumerate() {
        if reading.names[..index].iter().any(|(earlier, _)| *earlier == name) {
            reading.error(range, Kind::DuplicateName { name: String::from(name) });
        }
    }
}

fn catch_all_is_last(reading: &mut Reading<'_>) {
    let Some((_, before)) = reading.segments.split_last() else {
        return;
    };
    let misplaced: Vec<_> = before.iter().filter(|(segment, _)| segment.is_catch_all()).cloned().collect();
    for (_, range) in misplaced {
        reading.error(range, Kind::CatchAllNotLast);
    }
}
