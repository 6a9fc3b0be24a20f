//! What is left of a pattern without names and groups: exactly what it matches.

use alloc::{string::String, vec::Vec};
use core::{
    cmp::Ordering,
    fmt::{self, Write as _},
};

use crate::{Pattern, Segment, describe::joined, order};

/// A pattern without names and groups. Patterns with equal shapes match exactly the same paths.
///
/// Different shapes can match the same paths too: `/[...path]` and `/[first]/[[...rest]]` do, and the second one is
/// more specific.
///
/// It displays with empty brackets, and sorts the more specific shape first, as [`Pattern::specificity`] does.
///
/// ```
/// use rutter_pattern::Pattern;
///
/// let shape = Pattern::parse("/products/[id]/[...path]")?.shape();
///
/// assert_eq!(shape.to_string(), "/products/[]/[...]");
/// assert_eq!(shape, Pattern::parse("/(shop)/products/[slug]/[...rest]")?.shape());
/// # Ok::<(), rutter_pattern::PatternErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The pattern's segments, with an empty text for each name.
    segments: Vec<Segment>,
}

impl Shape {
    /// The shape as a part of a Rust identifier: ASCII letters, digits and `_`.
    ///
    /// Different shapes never give the same text, as long as letter case counts. It may be empty or begin with a
    /// digit, so that a prefix has to come before it.
    ///
    /// * One `_` stands for the slash between two segments.
    /// * `__` begins an escape: `__p` is `[]`, `__c` is `[...]`, `__o` is `[[...]]`, and `__2D` is the character `-`
    ///   by its two hexadecimal digits in ASCII. `_` itself is `__5F`.
    /// * An escape never ends with `_`, nor is empty what stands between two slashes: so a single `_` is always a
    ///   slash, two begin an escape, and three are a slash and then an escape.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// for (pattern, identifier) in [
    ///     ("/", ""),
    ///     ("/api/products", "api_products"),
    ///     ("/api_products", "api__5Fproducts"),
    ///     ("/products/[id]", "products___p"),
    ///     ("/docs/[[...page]]", "docs___o"),
    ///     ("/sign-in", "sign__2Din"),
    /// ] {
    ///     assert_eq!(Pattern::parse(pattern)?.shape().identifier(), identifier);
    /// }
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn identifier(&self) -> String {
        let mut identifier = String::new();
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                identifier.push('_');
            }
            match segment {
                Segment::Static(text) => {
                    text.bytes().for_each(|byte| escape(byte, &mut identifier));
                }
                Segment::Param(_) => identifier.push_str("__p"),
                Segment::CatchAll(_) => identifier.push_str("__c"),
                Segment::OptionalCatchAll(_) => identifier.push_str("__o"),
            }
        }
        identifier
    }
}

impl Pattern {
    /// The pattern without names and groups: equal shapes match exactly the same paths.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let shape = Pattern::parse("/(shop)/products/[id]")?.shape();
    ///
    /// assert_eq!(shape, Pattern::parse("/products/[slug]")?.shape());
    /// assert_ne!(shape, Pattern::parse("/products/[...path]")?.shape());
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn shape(&self) -> Shape {
        let nameless = |segment: &Segment| match segment {
            Segment::Static(text) => Segment::Static(text.clone()),
            Segment::Param(_) => Segment::Param(String::new()),
            Segment::CatchAll(_) => Segment::CatchAll(String::new()),
            Segment::OptionalCatchAll(_) => Segment::OptionalCatchAll(String::new()),
        };
        Shape { segments: self.segments().iter().map(nameless).collect() }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.segments))
    }
}

impl Ord for Shape {
    fn cmp(&self, other: &Shape) -> Ordering {
        order::compare(&self.segments, &other.segments)
    }
}

impl PartialOrd for Shape {
    fn partial_cmp(&self, other: &Shape) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn escape(byte: u8, identifier: &mut String) {
    if byte.is_ascii_alphanumeric() {
        identifier.push(char::from(byte));
    } else {
        write!(identifier, "__{byte:02X}").expect("writing to a `String` never fails");
    }
}
