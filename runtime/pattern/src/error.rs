//! The mistakes of a pattern: what each is, where it stands, and how it reads.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::{self, Vec},
};
use core::{
    error::Error,
    fmt,
    ops::{Deref, Range},
    slice,
};

use crate::{PatternErrorKind, draw::Drawing};

/// One mistake in a pattern.
///
/// It displays as its message, then the pattern once more with carets under the mistake:
///
/// ```
/// use rutter_pattern::{Pattern, PatternErrorKind};
///
/// let errors = Pattern::parse("/products/[product-id]").unwrap_err();
/// let error = &errors[0];
///
/// assert!(matches!(error.kind(), PatternErrorKind::Name { .. }));
/// assert_eq!(error.range(), 11..21);
/// assert_eq!(error.message(), "`product-id` cannot name an argument: write `product_id`");
/// assert_eq!(
///     error.to_string(),
///     "`product-id` cannot name an argument: write `product_id`\n    \
///      /products/[product-id]\n               \
///      ^^^^^^^^^^",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    kind: PatternErrorKind,
    range: Range<usize>,
    pattern: Box<str>,
}

impl PatternError {
    /// What the mistake is.
    ///
    /// ```
    /// use rutter_pattern::{Pattern, PatternErrorKind};
    ///
    /// let errors = Pattern::parse("/cart/").unwrap_err();
    ///
    /// assert_eq!(errors[0].kind(), &PatternErrorKind::TrailingSlash);
    /// ```
    pub fn kind(&self) -> &PatternErrorKind {
        &self.kind
    }

    /// Where the mistake stands, in bytes of the pattern's text.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let text = "/products?page=2";
    /// let errors = Pattern::parse(text).unwrap_err();
    ///
    /// assert_eq!(&text[errors[0].range()], "?page=2");
    /// ```
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What is wrong and what to write instead, in one line.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let errors = Pattern::parse("/users/:id").unwrap_err();
    ///
    /// assert_eq!(errors[0].message(), "a param is written in square brackets: write `[id]` instead of `:id`");
    /// ```
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    pub(crate) fn new(pattern: &str, range: Range<usize>, kind: PatternErrorKind) -> PatternError {
        PatternError { kind, range, pattern: pattern.into() }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drawing = Drawing::new(&self.pattern, &self.range);
        write!(f, "{}\n    {}\n    {}", self.kind, drawing.line, drawing.carets)
    }
}

impl Error for PatternError {}

/// Every mistake of one pattern, at least one, in the order in which they stand in it.
///
/// It is a list of [`PatternError`]s, and displays as all of them.
///
/// ```
/// use rutter_pattern::Pattern;
///
/// let errors = Pattern::parse("/a//b/").unwrap_err();
///
/// assert_eq!(errors.len(), 2);
/// assert_eq!(
///     errors.to_string(),
///     "a segment is empty: write a single `/`\n    /a//b/\n      ^^\n\
///      a pattern ends without a slash: remove the last one\n    /a//b/\n         ^",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternErrors(Vec<PatternError>);

impl PatternErrors {
    /// `Ok` for an empty list; otherwise the errors, sorted by their place.
    pub(crate) fn check(mut errors: Vec<PatternError>) -> Result<(), PatternErrors> {
        if errors.is_empty() {
            return Ok(());
        }
        errors.sort_by_key(|error| (error.range.start, error.range.end));
        Err(PatternErrors(errors))
    }
}

impl Deref for PatternErrors {
    type Target = [PatternError];

    fn deref(&self) -> &[PatternError] {
        &self.0
    }
}

impl IntoIterator for PatternErrors {
    type Item = PatternError;
    type IntoIter = vec::IntoIter<PatternError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'e> IntoIterator for &'e PatternErrors {
    type Item = &'e PatternError;
    type IntoIter = slice::Iter<'e, PatternError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for PatternErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for PatternErrors {}
