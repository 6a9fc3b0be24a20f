//! Values read from all the segments that a catch-all takes.

use core::iter::FusedIterator;
use std::borrow::Cow;

use crate::{
    extract::{FromSegment, SegmentError},
    percent::unescape,
};

/// The segments that a `[...catch_all]` takes, one after the other, their escapes resolved.
///
/// Nothing is copied but segments with escapes.
///
/// ```
/// use rutter::Segments;
///
/// fn depth(path: Segments<'_>) -> usize {
///     path.count()
/// }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "iterators are lazy"]
pub struct Segments<'r> {
    rest: Option<&'r str>,
}

impl<'r> Segments<'r> {
    /// The segments of a piece of a path as it was sent, whose escapes have been checked.
    pub(crate) fn new(raw: &'r str) -> Self {
        Segments { rest: (!raw.is_empty()).then_some(raw) }
    }

    /// What is left of the path, as it was sent: with its slashes and escapes.
    ///
    /// ```
    /// fn is_image(path: rutter::Segments<'_>) -> bool {
    ///     path.as_raw().ends_with(".png")
    /// }
    /// ```
    pub fn as_raw(&self) -> &'r str {
        self.rest.unwrap_or_default()
    }
}

impl<'r> Iterator for Segments<'r> {
    type Item = Cow<'r, str>;

    fn next(&mut self) -> Option<Cow<'r, str>> {
        let rest = self.rest?;
        let (segment, rest) = match rest.split_once('/') {
            Some((segment, rest)) => (segment, Some(rest)),
            None => (rest, None),
        };
        self.rest = rest;
        Some(decode(segment))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let Some(rest) = self.rest else { return (0, Some(0)) };
        // A segment is at least a slash, but for the last one.
        (1, Some(rest.len() + 1))
    }

    fn count(self) -> usize {
        self.rest.map_or(0, |rest| rest.bytes().filter(|byte| *byte == b'/').count() + 1)
    }
}

impl FusedIterator for Segments<'_> {}

/// A type that is read from all the segments of a `[...catch_all]`.
///
/// ```
/// use rutter::{FromSegments, SegmentError, Segments};
///
/// /// A date in an address: `2026/01/31`.
/// #[derive(Debug)]
/// struct Day(u16, u8, u8);
///
/// impl FromSegments<'_> for Day {
///     fn from_segments(segments: Segments<'_>) -> Result<Self, SegmentError> {
///         let numbers: Vec<u16> = Vec::from_segments(segments)?;
///         match numbers[..] {
///             [year, month @ 1..=12, day @ 1..=31] => Ok(Day(year, month as u8, day as u8)),
///             _ => Err(SegmentError::new("expected a year, a month and a day")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the segments of a catch-all",
    label = "a `[...catch_all]` gives several texts",
    note = "a `[...catch_all]` is read as `Vec<String>`, `Vec<u64>` (any type that one segment is read as and that owns \
            its text), `Vec<Cow<'_, str>>` or `Segments<'_>`",
    note = "`Vec<&str>` cannot hold a text whose escapes have been resolved: write `Vec<Cow<'_, str>>`",
    note = "or implement `rutter::FromSegments` for `{Self}`"
)]
pub trait FromSegments<'r>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A [`SegmentError`] that says what was expected.
    fn from_segments(segments: Segments<'r>) -> Result<Self, SegmentError>;
}

impl<'r> FromSegments<'r> for Segments<'r> {
    fn from_segments(segments: Segments<'r>) -> Result<Self, SegmentError> {
        Ok(segments)
    }
}

impl<T> FromSegments<'_> for Vec<T>
where
    T: for<'s> FromSegment<'s>,
{
    fn from_segments(segments: Segments<'_>) -> Result<Self, SegmentError> {
        segments.map(|segment| T::from_segment(&segment)).collect()
    }
}

impl<'r> FromSegments<'r> for Vec<Cow<'r, str>> {
    fn from_segments(segments: Segments<'r>) -> Result<Self, SegmentError> {
        Ok(segments.collect())
    }
}

/// A type that is read from the segments of a `[[...catch_all]]`, of which there may be none.
///
/// ```
/// use rutter::Segments;
///
/// // #[route(GET, "/docs/[[...page]]")]
/// fn docs(page: Option<Vec<String>>) -> String {
///     page.map_or_else(|| "contents".to_owned(), |page| page.join(" › "))
/// }
/// assert_eq!(docs(None), "contents");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the segments of an optional catch-all",
    label = "a `[[...catch_all]]` gives several texts or none",
    note = "a `[[...catch_all]]` is read as `Option<Vec<String>>`, as `Option<T>` of anything that a `[...catch_all]` is \
            read as, or as `Segments<'_>`",
    note = "or implement `rutter::FromOptionalSegments` for `{Self}`"
)]
pub trait FromOptionalSegments<'r>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A [`SegmentError`] that says what was expected.
    fn from_optional_segments(segments: Segments<'r>) -> Result<Self, SegmentError>;
}

impl<'r> FromOptionalSegments<'r> for Segments<'r> {
    fn from_optional_segments(segments: Segments<'r>) -> Result<Self, SegmentError> {
        Ok(segments)
    }
}

impl<'r, T: FromSegments<'r>> FromOptionalSegments<'r> for Option<T> {
    fn from_optional_segments(segments: Segments<'r>) -> Result<Self, SegmentError> {
        if segments.rest.is_none() {
            return Ok(None);
        }
        T::from_segments(segments).map(Some)
    }
}

/// The text with its escapes resolved. The router has refused paths with an escape that is none.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    String::from_utf8(unescape(text.as_bytes()).collect()).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        Vec::from_segments(Segments::new(raw)).expect("any text is a text")
    }

    #[test]
    fn a_path_is_split_before_its_escapes_are_resolved() {
        assert_eq!(texts("a/b"), ["a", "b"]);
        assert_eq!(texts("a%2Fb/c%20d/%C3%A9"), ["a/b", "c d", "é"]);
        assert_eq!(texts("a"), ["a"]);
        assert_eq!(texts(""), [""; 0]);
    }

    #[test]
    fn only_a_segment_with_an_escape_is_copied() {
        let segments: Vec<Cow<'_, str>> = Vec::from_segments(Segments::new("a/%62")).expect("any text is a text");
        assert!(matches!(segments[..], [Cow::Borrowed("a"), Cow::Owned(_)]));
    }

    #[test]
    fn each_segment_is_read() {
        assert_eq!(Vec::<u64>::from_segments(Segments::new("1/2")), Ok(vec![1, 2]));
        assert!(Vec::<u64>::from_segments(Segments::new("1/x")).is_err());
    }

    #[test]
    fn an_optional_catch_all_without_segments_is_none() {
        let read = |raw| Option::<Vec<String>>::from_optional_segments(Segments::new(raw));
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("a"), Ok(Some(vec!["a".to_owned()])));
    }

    #[test]
    fn what_is_left_is_told_as_it_was_sent() {
        let mut segments = Segments::new("a/b%20c");
        assert_eq!((segments.as_raw(), segments.clone().count()), ("a/b%20c", 2));
        segments.next();
        assert_eq!((segments.as_raw(), segments.size_hint()), ("b%20c", (1, Some(6))));
    }
}
