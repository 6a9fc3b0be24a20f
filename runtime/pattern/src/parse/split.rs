//! From a path to its segments: what stands between the slashes.

use alloc::vec::Vec;
use core::ops::Range;

use super::{Kind, Reading, piece};

/// The places of the segments, none of them empty.
pub(super) fn split(path: Range<usize>, reading: &mut Reading<'_>) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut at = path.start;
    while at < path.end {
        let rest = &reading.text[at..path.end];
        let separator = at..path.end - rest.trim_start_matches(['/', '\\']).len();
        check_separator(&separator, segments.is_empty(), path.end, reading);
        at = separator.end;
        if at < path.end {
            let segment = at..segment_end(at..path.end, reading.text);
            at = segment.end;
            segments.push(segment);
        }
    }
    segments
}

fn check_separator(separator: &Range<usize>, first: bool, end: usize, reading: &mut Reading<'_>) {
    let text = reading.at(separator);
    if text.contains('\\') {
        backslashes(separator, reading);
    } else if separator.end == end && !first {
        reading.error(separator.clone(), Kind::TrailingSlash);
    } else if text.len() > 1 {
        reading.error(separator.clone(), Kind::EmptySegment);
    }
}

/// One mistake a run: `\\` is how some strings write one backslash.
fn backslashes(separator: &Range<usize>, reading: &mut Reading<'_>) {
    let mut at = separator.start;
    while at < separator.end {
        let rest = &reading.text[at..separator.end];
        let run = rest.len() - rest.trim_start_matches('\\').len();
        if run > 0 {
            reading.error(at..at + run, Kind::Backslash);
        }
        at += run.max(1);
    }
}

fn segment_end(range: Range<usize>, text: &str) -> usize {
    let rest = &text[range.clone()];
    // `/:id(\d+)`: in the syntax that begins with a colon, a backslash belongs to a regular expression.
    let colon = rest.starts_with(':');
    let mut at = 0;
    while at < rest.len() {
        if let Some(end) = piece::closing(rest, at) {
            at = end;
            continue;
        }
        match rest.as_bytes()[at] {
            b'/' => break,
            b'\\' if !colon => break,
            _ => at += 1,
        }
    }
    range.start + at
}
