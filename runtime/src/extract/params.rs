//! Pieces of a path, kept on the stack: its segments, and the values of the dynamic ones.

use core::ops::Range;

/// A piece of the path. Two bytes each way are enough: `http::Uri` ends at 65,534 bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    start: u16,
    end: u16,
}

impl Span {
    /// `None` where the path is longer than any URI may be.
    pub fn new(start: usize, end: usize) -> Option<Span> {
        Some(Span { start: u16::try_from(start).ok()?, end: u16::try_from(end).ok()? })
    }

    /// From where this one starts to where `last` ends.
    pub fn through(self, last: Span) -> Span {
        Span { start: self.start, end: last.end }
    }

    /// For indexing the text that it is a piece of.
    pub fn range(self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// A list of spans of which the first `N` need no allocation.
#[derive(Debug, Clone)]
pub struct Spans<const N: usize> {
    first: [Span; N],
    len: usize,
    more: Vec<Span>,
}

/// The values of the dynamic segments, in the order of the pattern: rarely more than three.
pub type Params = Spans<6>;

impl<const N: usize> Spans<N> {
    /// Adds a span.
    pub fn push(&mut self, span: Span) {
        match self.first.get_mut(self.len) {
            Some(place) => *place = span,
            None => self.more.push(span),
        }
        self.len += 1;
    }

    /// Goes back to the first `len` spans: what a router does when a branch leads nowhere.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.more.truncate(self.len.saturating_sub(N));
    }

    /// How many there are.
    #[allow(clippy::len_without_is_empty)] // Nobody asks.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The span at this place.
    pub fn at(&self, index: usize) -> Option<Span> {
        if index >= self.len {
            return None;
        }
        self.first.get(index).or_else(|| self.more.get(index.wrapping_sub(N))).copied()
    }
}

impl<const N: usize> PartialEq for Spans<N> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && (0..self.len).all(|index| self.at(index) == other.at(index))
    }
}

impl<const N: usize> Default for Spans<N> {
    fn default() -> Self {
        Spans { first: [Span::default(); N], len: 0, more: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(n: usize) -> Span {
        Span::new(n, n + 1).expect("small")
    }

    #[test]
    fn spans_past_the_inline_ones_are_kept_too() {
        let mut params = Params::default();
        (0..9).for_each(|n| params.push(span(n)));
        assert_eq!(params.at(0), Some(span(0)));
        assert_eq!(params.at(8), Some(span(8)));
        assert_eq!(params.at(9), None);
    }

    #[test]
    fn going_back_forgets_what_came_after() {
        let mut params = Params::default();
        (0..9).for_each(|n| params.push(span(n)));
        params.truncate(7);
        assert_eq!(params.at(7), None);
        params.push(span(20));
        assert_eq!(params.at(7), Some(span(20)));
        params.truncate(2);
        assert_eq!((params.len(), params.at(2)), (2, None));
    }

    #[test]
    fn a_place_past_every_uri_is_no_span() {
        assert_eq!(Span::new(0, 70_000), None);
    }
}
