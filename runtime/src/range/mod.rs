//! Requests for parts of an answer, by the numbers of their bytes (RFC 9110 §14).
//!
//! A client that has lost its connection asks for the rest of a file, a player for the place that it jumps to. [`asked`]
//! tells which bytes a request wants; [`multipart`] lays several parts out in one body.
//!
//! The rules:
//! - what cannot be read as ranges of bytes is ignored, and so is a second `Range` line: the whole is sent;
//! - `If-Range` is compared strongly; when it does not hold, the whole is sent;
//! - parts that overlap or touch become one. More than 32 ranges, or ranges that are larger together than the whole, are
//!   ignored: they only cost (RFC 9110 §14.2, §17.15);
//! - of an empty answer every range is ignored, because `Content-Range` cannot name a part of nothing.

mod multipart;
mod set;

use core::ops::Range;
use std::time::SystemTime;

use http::{HeaderMap, HeaderValue, header::RANGE};

use crate::conditional::if_range_holds;

pub(crate) use multipart::{Piece, boundary, content_range, multipart};

use set::RangeSet;

/// What a request wants of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// All of it.
    Whole,
    /// These parts, which do not touch each other, in the order in which they are asked for.
    Parts(Vec<Range<u64>>),
    /// Only what is not there: 416.
    Nothing,
}

/// What a GET wants of an answer with this many bytes and these validators.
pub(crate) fn asked(
    request: &HeaderMap,
    len: u64,
    etag: Option<&HeaderValue>,
    modified: Option<&HeaderValue>,
    now: SystemTime,
) -> Asked {
    let mut lines = request.get_all(RANGE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return Asked::Whole };
    if !if_range_holds(request, etag, modified, now) {
        return Asked::Whole;
    }
    RangeSet::parse(line.as_bytes()).map_or(Asked::Whole, |set| set.of(len))
}

#[cfg(test)]
mod tests;
