//! What may be given to `path`, the link of a handler.

use core::fmt::Display;
use std::borrow::Cow;

/// A value that stands for an argument of type `T` in a link: `get_product::path(7)`.
///
/// It is the argument's own type, a reference to it, or a `&str` for a `String`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for a `[segment]` that is read as `{T}`",
    label = "this is no `{T}` that can be written into a path",
    note = "give a `{T}` or a reference to one; a type of your own needs `Display`"
)]
pub trait LinkValue<T: ?Sized> {
    /// The text of the segment, before it is percent-encoded.
    fn text(&self) -> Cow<'_, str>;
}

impl<T: Display> LinkValue<T> for T {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl<T: Display> LinkValue<T> for &T {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl LinkValue<String> for &str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl LinkValue<Cow<'_, str>> for &str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// Values that stand for a catch-all in a link: `docs::path(["guide", "start"])`.
///
/// An optional catch-all also takes `None`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for the segments of a catch-all",
    label = "this is no list of texts or numbers",
    note = "give a list with a value for each segment, such as `[\"guide\", \"start\"]`; an optional catch-all also takes \
            `None`"
)]
pub trait LinkSegments {
    /// The text of each segment, before it is percent-encoded.
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>>;
}

impl<T: Display> LinkSegments for [T] {
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.iter().map(|value| Cow::Owned(value.to_string()))
    }
}

impl<T: Display, const N: usize> LinkSegments for [T; N] {
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.as_slice().texts()
    }
}

impl<T: Display> LinkSegments for Vec<T> {
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.as_slice().texts()
    }
}

impl LinkSegments for Option<Vec<String>> {
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.as_deref().unwrap_or_default().texts()
    }
}

impl<L: LinkSegments + ?Sized> LinkSegments for &L {
    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (**self).texts()
    }
}
