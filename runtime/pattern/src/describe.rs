//! A pattern as other readers want it: without groups, and for API descriptions.

use alloc::{format, string::String};
use core::fmt::{Display, Write as _};

use crate::{Pattern, Segment};

impl Pattern {
    /// The path without groups.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// assert_eq!(Pattern::parse("/(shop)/cart/[[...step]]")?.path(), "/cart/[[...step]]");
    /// assert_eq!(Pattern::parse("/(shop)")?.path(), "/");
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn path(&self) -> String {
        joined(self.segments())
    }

    /// The path as an API description writes it, in curly braces: `/products/{id}`.
    ///
    /// This is the path templating of the [OpenAPI Specification](https://spec.openapis.org/oas/latest.html), which has
    /// no form of its own for a catch-all: it is written like a param.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// assert_eq!(Pattern::parse("/(shop)/products/[id]")?.template(), "/products/{id}");
    /// assert_eq!(Pattern::parse("/files/[...path]")?.template(), "/files/{path}");
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn template(&self) -> String {
        joined(self.segments().iter().map(|segment| match segment {
            Segment::Static(text) => text.clone(),
            Segment::Param(name) | Segment::CatchAll(name) | Segment::OptionalCatchAll(name) => {
                format!("{{{name}}}")
            }
        }))
    }
}

/// Each piece with a slash before it; `/` for none.
pub(crate) fn joined<I>(pieces: I) -> String
where
    I: IntoIterator,
    I::Item: Display,
{
    let mut path = String::new();
    for piece in pieces {
        write!(path, "/{piece}").expect("writing to a `String` never fails");
    }
    if path.is_empty() {
        path.push('/');
    }
    path
}
