//! The value of `Range`, and the bytes that it stands for.

use core::ops::Range;

use crate::range::Asked;

/// The ranges of a `Range: bytes=…`, at least one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RangeSet(Vec<Spec>);

/// One range, its ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spec {
    /// `500-`
    From(u64),
    /// `500-999`
    Between(u64, u64),
    /// `-500`
    Last(u64),
}

impl RangeSet {
    /// Reads `bytes=0-499, -500` (RFC 9110 §14.1.2, §14.2); `None` for what is to be ignored.
    pub(super) fn parse(value: &[u8]) -> Option<RangeSet> {
        let unit = value.iter().position(|byte| *byte == b'=')?;
        // RFC 9110 §14.1: the names of units are compared without their case.
        if !value[..unit].eq_ignore_ascii_case(b"bytes") {
            return None;
        }
        // RFC 9110 §5.6.1.2: a list may have empty elements, and at least one that is not.
        let specs = value[unit + 1..].split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let specs = specs.filter(|spec| !spec.is_empty()).take(MOST + 1);
        let specs = specs.map(Spec::parse).collect::<Option<Vec<_>>>()?;
        (!specs.is_empty() && specs.len() <= MOST).then_some(RangeSet(specs))
    }

    /// The bytes that are meant, of so many.
    pub(super) fn of(&self, len: u64) -> Asked {
        if len == 0 {
            return Asked::Whole;
        }
        let found: Vec<Range<u64>> = self.0.iter().filter_map(|spec| spec.of(len)).collect();
        if found.is_empty() {
            return Asked::Nothing;
        }
        let sum = found.iter().fold(0_u64, |sum, range| sum.saturating_add(range.end - range.start));
        if sum > len { Asked::Whole } else { Asked::Parts(coalesced(found)) }
    }
}

impl Spec {
    fn parse(text: &[u8]) -> Option<Spec> {
        let dash = text.iter().position(|byte| *byte == b'-')?;
        match (&text[..dash], &text[dash + 1..]) {
            (b"", last) => Some(Spec::Last(number(last)?)),
            (first, b"") => Some(Spec::From(number(first)?)),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                // RFC 9110 §14.1.1: such a range is no range, and makes the set none.
                (first <= last).then_some(Spec::Between(first, last))
            }
        }
    }

    /// RFC 9110 §14.1.2: what begins behind the end is not there, what ends behind it ends with it.
    fn of(self, len: u64) -> Option<Range<u64>> {
        let range = match self {
            Spec::From(first) => first..len,
            Spec::Between(first, last) => first..last.saturating_add(1).min(len),
            Spec::Last(count) => len.saturating_sub(count)..len,
        };
        (range.start < range.end).then_some(range)
    }
}

/// Digits and nothing else. A number that is too large is as far behind the end as the largest.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let add = |sum: u64, digit: &u8| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    Some(digits.iter().fold(0, add))
}

/// The same bytes in ranges that do not touch; one that is merged stands where its first piece stood.
fn coalesced(found: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut parts: Vec<Range<u64>> = Vec::with_capacity(found.len());
    for mut range in found {
        let mut place = parts.len();
        while let Some(at) = parts.iter().position(|part| part.start <= range.end && range.start <= part.end) {
            let part = parts.remove(at);
            range = range.start.min(part.start)..range.end.max(part.end);
            place = place.min(at);
        }
        parts.insert(place, range);
    }
    parts
}

/// As many as anybody has had a use for; more are an attack (RFC 9110 §17.15).
const MOST: usize = 32;
