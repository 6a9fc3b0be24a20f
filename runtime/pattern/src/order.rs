//! Which of two patterns is more specific, whether they overlap, and which paths one matches.

use core::cmp::Ordering;

use crate::{Pattern, Segment};

impl Pattern {
    /// Which of two patterns comes first when both match: `Less` is the more specific one.
    ///
    /// The kinds of the segments decide, from the first segment on: static text comes before `[x]`, `[x]` before
    /// `[...x]`, `[...x]` before `[[...x]]`. Where one pattern ends, it comes before what the other goes on with, so
    /// `/docs` comes before `/docs/[[...page]]`. This part is the specificity, and it always tells two patterns apart
    /// that match a path in common, unless they have the same [shape](Pattern::shape).
    ///
    /// Patterns with the same kinds are then ordered by their static text. That says nothing about specificity, since
    /// no path matches both, but makes a total order on shapes: `Equal` means the same shape.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let mut patterns = ["/docs/[[...page]]", "/[section]", "/docs/[page]", "/docs", "/docs/intro"]
    ///     .map(|text| Pattern::parse(text).unwrap());
    /// patterns.sort_by(Pattern::specificity);
    ///
    /// assert_eq!(
    ///     patterns.each_ref().map(Pattern::as_str),
    ///     ["/docs", "/docs/intro", "/docs/[page]", "/docs/[[...page]]", "/[section]"],
    /// );
    /// ```
    pub fn specificity(&self, other: &Pattern) -> Ordering {
        compare(self.segments(), other.segments())
    }

    /// Whether there is a path that both patterns match.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let page = Pattern::parse("/docs/[page]")?;
    ///
    /// assert!(page.overlaps(&Pattern::parse("/[section]/intro")?));
    /// assert!(!page.overlaps(&Pattern::parse("/blog/[post]")?));
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn overlaps(&self, other: &Pattern) -> bool {
        overlap(self.segments(), other.segments())
    }

    /// Whether the pattern matches a path, segment by segment, without decoding anything.
    ///
    /// This is the definition in a few lines, for documents and tests; a server looks all its patterns up at once.
    /// A path without a slash in front or with an empty segment matches nothing.
    ///
    /// ```
    /// use rutter_pattern::Pattern;
    ///
    /// let files = Pattern::parse("/files/[...path]")?;
    ///
    /// assert!(files.matches("/files/2024/report.pdf"));
    /// assert!(!files.matches("/files"));
    /// assert!(!files.matches("/files/"));
    /// # Ok::<(), rutter_pattern::PatternErrors>(())
    /// ```
    pub fn matches(&self, path: &str) -> bool {
        let Some(rest) = path.strip_prefix('/') else {
            return false;
        };
        let mut pieces = rest.split('/').peekable();
        if rest.is_empty() {
            pieces.next();
        } else if rest.split('/').any(str::is_empty) {
            return false;
        }
        for segment in self.segments() {
            let taken = match segment {
                Segment::Static(text) => pieces.next() == Some(text),
                Segment::Param(_) => pieces.next().is_some(),
                Segment::CatchAll(_) => return pieces.peek().is_some(),
                Segment::OptionalCatchAll(_) => return true,
            };
            if !taken {
                return false;
            }
        }
        pieces.peek().is_none()
    }
}

/// The total order behind [`Pattern::specificity`] and [`Shape`](crate::Shape): kinds first, then static text.
///
/// A list that ends is `Less` than one that goes on, which is how iterators compare.
pub(crate) fn compare(one: &[Segment], other: &[Segment]) -> Ordering {
    let kinds = one.iter().map(rank).cmp(other.iter().map(rank));
    kinds.then_with(|| one.iter().map(text).cmp(other.iter().map(text)))
}

fn rank(segment: &Segment) -> u8 {
    match segment {
        Segment::Static(_) => 0,
        Segment::Param(_) => 1,
        Segment::CatchAll(_) => 2,
        Segment::OptionalCatchAll(_) => 3,
    }
}

fn text(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Static(text) => Some(text),
        Segment::Param(_) | Segment::CatchAll(_) | Segment::OptionalCatchAll(_) => None,
    }
}

fn overlap(one: &[Segment], other: &[Segment]) -> bool {
    match (one, other) {
        ([], []) | ([Segment::OptionalCatchAll(_), ..], _) | (_, [Segment::OptionalCatchAll(_), ..]) => true,
        ([], _) | (_, []) => false,
        // Both go on with at least one segment, and every pattern matches some path.
        ([Segment::CatchAll(_), ..], _) | (_, [Segment::CatchAll(_), ..]) => true,
        ([Segment::Static(one), ..], [Segment::Static(other), ..]) if one != other => false,
        ([_, one @ ..], [_, other @ ..]) => overlap(one, other),
    }
}
