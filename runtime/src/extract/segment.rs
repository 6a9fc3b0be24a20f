//! Values read from one segment of the path.

use core::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
};
use std::{borrow::Cow, sync::Arc};

use http::StatusCode;

use crate::response::{IntoResponse, Place, Problem, Response};

/// A type that is read from one segment of the path: the argument named like a `[segment]`.
///
/// The text comes with its escapes resolved. What cannot be read is a 404: there is no such page.
///
/// ```
/// use rutter::{FromSegment, SegmentError};
///
/// /// The name of an article in its address: lower-case letters and dashes.
/// struct Slug(String);
///
/// impl FromSegment<'_> for Slug {
///     fn from_segment(text: &str) -> Result<Self, SegmentError> {
///         let fits = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
///         fits.then(|| Slug(text.to_owned())).ok_or_else(|| SegmentError::new("expected lower-case letters and dashes"))
///     }
/// }
///
/// assert!(Slug::from_segment("hello-world").is_ok());
/// assert!(Slug::from_segment("Hello").is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a path segment",
    label = "no value of this type can be made from the text of a `[segment]`",
    note = "`String`, `&str`, `Cow<str>`, `bool`, `char`, the numbers, their `NonZero` forms and IP addresses can be",
    note = "for a type of your own implement `rutter::FromSegment`: \
            `impl FromSegment<'_> for {Self} {{ fn from_segment(text: &str) -> Result<Self, SegmentError> {{ … }} }}`",
    note = "a `[...catch_all]` is read as `Vec<String>` or `Segments`, a `[[...catch_all]]` as `Option<Vec<String>>`"
)]
pub trait FromSegment<'r>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A [`SegmentError`] that says what was expected.
    fn from_segment(text: &'r str) -> Result<Self, SegmentError>;
}

/// Why a segment of the path cannot be read.
///
/// ```
/// use rutter::{FromSegment, SegmentError};
///
/// assert_eq!(SegmentError::new("expected a colour").to_string(), "expected a colour");
/// assert_eq!(u8::from_segment("300").unwrap_err().to_string(), "expected a whole number from 0 to 255");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentError(Cow<'static, str>);

impl SegmentError {
    /// Says what was expected, for the client's developer: `expected a colour`.
    ///
    /// ```
    /// let error = rutter::SegmentError::new(format!("expected one of {}", ["red", "blue"].join(", ")));
    /// ```
    pub fn new(detail: impl Into<Cow<'static, str>>) -> Self {
        SegmentError(detail.into())
    }

    /// The answer: a 404 that names the segment.
    pub(crate) fn respond(self, name: &str) -> Response {
        let problem = Problem::new(StatusCode::NOT_FOUND).detail(format!("the path's segment `{name}` does not fit"));
        problem.error(Place::Path, name.to_owned(), self.0).into_response()
    }
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for SegmentError {}

impl<'r> FromSegment<'r> for &'r str {
    fn from_segment(text: &'r str) -> Result<Self, SegmentError> {
        Ok(text)
    }
}

impl<'r> FromSegment<'r> for Cow<'r, str> {
    fn from_segment(text: &'r str) -> Result<Self, SegmentError> {
        Ok(Cow::Borrowed(text))
    }
}

macro_rules! owned_texts {
    ($($text:ty),*) => {$(
        impl FromSegment<'_> for $text {
            fn from_segment(text: &str) -> Result<Self, SegmentError> {
                Ok(text.into())
            }
        }
    )*};
}

owned_texts!(String, Box<str>, Arc<str>);

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl FromSegment<'_> for $number {
            fn from_segment(text: &str) -> Result<Self, SegmentError> {
                whole(text).ok_or_else(|| out_of_range(<$number>::MIN, <$number>::MAX, ""))
            }
        }

        impl FromSegment<'_> for NonZero<$number> {
            fn from_segment(text: &str) -> Result<Self, SegmentError> {
                // Of a signed type the range goes from below zero to above it.
                let but = if <$number>::MIN == 0 { "" } else { " other than 0" };
                whole(text).ok_or_else(|| out_of_range(NonZero::<$number>::MIN, NonZero::<$number>::MAX, but))
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

macro_rules! parsed {
    ($($value:ty: $expected:literal, $parse:expr;)*) => {$(
        impl FromSegment<'_> for $value {
            fn from_segment(text: &str) -> Result<Self, SegmentError> {
                let parse: fn(&str) -> Option<$value> = $parse;
                parse(text).ok_or(SegmentError(Cow::Borrowed($expected)))
            }
        }
    )*};
}

parsed! {
    bool: "expected `true` or `false`", |text| text.parse().ok();
    char: "expected one character", |text| text.parse().ok();
    f32: "expected a number", |text| text.parse().ok().filter(|number: &f32| number.is_finite());
    f64: "expected a number", |text| text.parse().ok().filter(|number: &f64| number.is_finite());
    IpAddr: "expected an IP address", |text| text.parse().ok();
    Ipv4Addr: "expected an IPv4 address", |text| text.parse().ok();
    Ipv6Addr: "expected an IPv6 address", |text| text.parse().ok();
}

/// Digits after an optional minus. A plus is no way to write a number in an address: two
/// addresses for one thing would both be cached.
fn whole<N: core::str::FromStr>(text: &str) -> Option<N> {
    if text.starts_with('+') {
        return None;
    }
    text.parse().ok()
}

#[cold]
fn out_of_range(from: impl fmt::Display, to: impl fmt::Display, but: &str) -> SegmentError {
    SegmentError(Cow::Owned(format!("expected a whole number from {from} to {to}{but}")))
}

#[cfg(test)]
mod tests {
    use core::num::{NonZeroI8, NonZeroU32};

    use super::*;

    fn read<'r, T: FromSegment<'r>>(text: &'r str) -> Option<T> {
        T::from_segment(text).ok()
    }

    fn expected<'r, T: FromSegment<'r> + fmt::Debug>(text: &'r str) -> String {
        T::from_segment(text).expect_err("does not fit").to_string()
    }

    #[test]
    fn whole_numbers_are_digits_in_their_range() {
        assert_eq!(read("0"), Some(0_u8));
        assert_eq!(read("255"), Some(255_u8));
        assert_eq!(read("-128"), Some(-128_i8));
        assert_eq!(read("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read("7"), NonZeroU32::new(7));
        for text in ["", "-", "+7", "256", "-1", " 7", "7 ", "7.0", "1e3", "0x7", "٣", "1_000"] {
            assert_eq!(read::<u8>(text), None, "{text:?}");
        }
        assert_eq!(read::<NonZeroU32>("0"), None);
    }

    #[test]
    fn what_was_expected_is_said() {
        assert_eq!(expected::<u64>("x"), "expected a whole number from 0 to 18446744073709551615");
        assert_eq!(expected::<NonZeroI8>("0"), "expected a whole number from -128 to 127 other than 0");
        assert_eq!(expected::<bool>("yes"), "expected `true` or `false`");
        assert_eq!(expected::<Ipv4Addr>("::1"), "expected an IPv4 address");
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(read("1.5"), Some(1.5_f64));
        for text in ["inf", "-inf", "NaN", "infinity", "1e999", ""] {
            assert_eq!(read::<f64>(text), None, "{text:?}");
        }
    }

    #[test]
    fn text_is_taken_as_it_is() {
        assert_eq!(read("é"), Some('é'));
        assert_eq!(read::<char>("ab"), None);
        assert_eq!(read(" a "), Some(" a "));
        assert_eq!(read("a"), Some(String::from("a")));
    }

    #[test]
    fn a_segment_that_does_not_fit_is_a_404_that_names_it() {
        let answer = u8::from_segment("x").map_err(|error| error.respond("id")).expect_err("does not fit");
        assert_eq!(answer.status(), 404);
    }
}
