//! The path literal: read by the grammar of `rutter-pattern`, redrawn with carets where it is wrong.

use core::ops::Range;

use proc_macro2::Span;
use rutter_pattern::{Pattern, Segment};
use syn::LitStr;

use crate::diagnostics::Diagnostics;

/// The path of a route, with the literal that it was read from.
pub(crate) struct Path {
    pub(crate) literal: LitStr,
    pub(crate) pattern: Pattern,
}

impl Path {
    /// Reads a pattern; each mistake is an error at the literal.
    pub(crate) fn parse(literal: LitStr, errors: &mut Diagnostics) -> Option<Path> {
        match Pattern::parse(&literal.value()) {
            Ok(pattern) => Some(Path { literal, pattern }),
            Err(mistakes) => {
                for mistake in &mistakes {
                    // There is nothing to draw of a pattern that is empty.
                    let message = if literal.value().is_empty() { mistake.message() } else { mistake.to_string() };
                    errors.at(literal.span(), message);
                }
                None
            }
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }

    /// A message with the pattern beneath, and carets under one of its dynamic segments.
    pub(crate) fn draw(&self, message: &str, segment: &Segment) -> String {
        let (text, segment) = (self.pattern.as_str(), segment.to_string());
        // A name stands once in a pattern, and a pattern that was parsed is ASCII.
        let place = text.find(&segment).unwrap_or_default();
        draw(message, text, &(place..place + segment.len()))
    }
}

/// A message with the text beneath, and carets under a part of it.
pub(crate) fn draw(message: &str, text: &str, range: &Range<usize>) -> String {
    let (before, under) = (text[..range.start].chars().count(), text[range.clone()].chars().count());
    format!("{message}\n    {text}\n    {}{}", " ".repeat(before), "^".repeat(under))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(LitStr::new(text, Span::call_site()), &mut Diagnostics::default()).unwrap()
    }

    #[test]
    fn a_segment_is_underlined_where_it_stands() {
        let path = path("/(shop)/files/[...path]");
        let drawn = path.draw("not bound", &path.pattern.segments()[1]);
        assert_eq!(drawn, "not bound\n    /(shop)/files/[...path]\n                  ^^^^^^^^^");
    }

    #[test]
    fn every_mistake_is_an_error() {
        let mut errors = Diagnostics::default();
        assert!(Path::parse(LitStr::new("a/{id}", Span::call_site()), &mut errors).is_none());
        assert_eq!(errors.messages().len(), 2);
    }
}
