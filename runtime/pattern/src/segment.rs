//! One piece of a path: static text, or a place that takes what a request brings.

use alloc::string::String;
use core::fmt;

/// One piece of a path, as [`Pattern::segments`](crate::Pattern::segments) lists them.
///
/// It displays as it is written in a pattern.
///
/// ```
/// use rutter_pattern::{Pattern, Segment};
///
/// let pattern = Pattern::parse("/files/[...path]")?;
///
/// assert_eq!(pattern.segments()[0], Segment::Static("files".into()));
/// assert_eq!(pattern.segments()[1], Segment::CatchAll("path".into()));
/// assert_eq!(pattern.segments()[1].to_string(), "[...path]");
/// # Ok::<(), rutter_pattern::PatternErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// `products`: the segment with exactly this text.
    Static(String),
    /// `[id]`: any one segment.
    Param(String),
    /// `[...path]`: every remaining segment, at least one.
    CatchAll(String),
    /// `[[...path]]`: every remaining segment, or none.
    OptionalCatchAll(String),
}

impl Segment {
    /// The name that a dynamic segment binds; `None` for static text.
    ///
    /// ```
    /// use rutter_pattern::Segment;
    ///
    /// assert_eq!(Segment::Param("id".into()).name(), Some("id"));
    /// assert_eq!(Segment::Static("products".into()).name(), None);
    /// ```
    pub fn name(&self) -> Option<&str> {
        match self {
            Segment::Static(_) => None,
            Segment::Param(name) | Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => Some(name),
        }
    }

    /// Whether the segment takes every remaining segment: `[...path]` and `[[...path]]` do.
    ///
    /// ```
    /// use rutter_pattern::Segment;
    ///
    /// assert!(Segment::OptionalCatchAll("path".into()).is_catch_all());
    /// assert!(!Segment::Param("id".into()).is_catch_all());
    /// ```
    pub fn is_catch_all(&self) -> bool {
        matches!(self, Segment::CatchAll(_) | Segment::OptionalCatchAll(_))
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Static(text) => f.write_str(text),
            Segment::Param(name) => write!(f, "[{name}]"),
            Segment::CatchAll(name) => write!(f, "[...{name}]"),
            Segment::OptionalCatchAll(name) => write!(f, "[[...{name}]]"),
        }
    }
}
