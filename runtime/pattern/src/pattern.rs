//! A parsed path: its text, and the segments in it.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, str::FromStr};

use crate::{PatternErrors, Segment, parse};

/// A parsed path.
///
/// It displays as it was written. Two patterns are equal when they were written alike; whether they match the same
/// paths is a question for their [shapes](Pattern::shape).
///
/// ```
/// use rutter_pattern::Pattern;
///
/// let pattern = Pattern::parse("/(shop)/products/[id]")?;
///
/// assert_eq!(pattern.to_string(), "/(shop)/products/[id]");
/// assert_eq!(pattern.path(), "/products/[id]");
/// assert_ne!(pattern, Pattern::parse("/products/[id]")?);
/// assert_eq!(pattern.shape(), Pattern::parse("/products/[slug]")?.shape());
/// # Ok::<(), rutter_pattern::PatternErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    text: String,
    segments: Vec<Segment>,
}

impl Pattern {
    /// Reads a pattern, or gathers every mistake in it.
    ///
    /// The [grammar](crate#grammar) stands on the first page of this crate.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// assert!(Pattern::parse("/products/[id]").is_ok());
    ///
    /// let errors = Pattern::parse("products/{id}/").unwrap_err();
    /// let messages: Vec<String> = errors.iter().map(|error| error.message()).collect();
    /// assert_eq!(
    ///     messages,
    ///     [
    ///         "a pattern begins with a slash: put `/` in front",
    ///         "a param is written in square brackets: write `[id]` instead of `{id}`",
    ///         "a pattern ends without a slash: remove the last one",
    ///     ],
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// One [`PatternError`](crate::PatternError) a mistake, in the order in which they stand in the text.
    pub fn parse(text: &str) -> Result<Pattern, PatternErrors> {
        let segments = parse::segments(text)?;
        Ok(Pattern { text: text.to_string(), segments })
    }

    /// The pattern as written, groups included.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// assert_eq!(Pattern::parse("/(shop)/cart")?.as_str(), "/(shop)/cart");
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The segments in order, groups left out; none for the root.
    ///
    /// ```
    /// use rutter_pattern::{Pattern, Segment};
    ///
    /// assert_eq!(Pattern::parse("/(shop)/cart")?.segments(), [Segment::Static("cart".into())]);
    /// assert_eq!(Pattern::parse("/")?.segments(), []);
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The dynamic segments in order: those with a [name](Segment::name).
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let pattern = Pattern::parse("/shops/[shop]/files/[...path]")?;
    /// let names: Vec<_> = pattern.params().filter_map(|segment| segment.name()).collect();
    ///
    /// assert_eq!(names, ["shop", "path"]);
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn params(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|segment| segment.name().is_some())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Pattern {
    type Err = PatternErrors;

    fn from_str(text: &str) -> Result<Pattern, PatternErrors> {
        Pattern::parse(text)
    }
}
