//! What is wrong with one field of a request, and where it stands.

use core::fmt;
use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// What is wrong with one field of a request.
///
/// ```
/// use rutter::{FieldError, Place};
///
/// let error = FieldError::new(Place::Query, "page", "expected a whole number");
/// assert_eq!(error.to_string(), "query `page`: expected a whole number");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldError {
    /// The part of the request that the field is in.
    pub place: Place,
    /// The field, with the way to it: `items[0].price`. Empty where it is the whole part.
    pub name: Cow<'static, str>,
    /// What was expected.
    pub detail: Cow<'static, str>,
}

impl FieldError {
    /// What is wrong with one field of a request.
    ///
    /// ```
    /// use rutter::{FieldError, Place};
    ///
    /// assert_eq!(FieldError::new(Place::Body, "email", "is taken").detail, "is taken");
    /// ```
    pub fn new(place: Place, name: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        FieldError { place, name: name.into(), detail: detail.into() }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.name {
            "" => write!(f, "{}: {}", self.place, self.detail),
            name => write!(f, "{} `{name}`: {}", self.place, self.detail),
        }
    }
}

impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("FieldError", 3)?;
        object.serialize_field("in", self.place.as_str())?;
        object.serialize_field("name", &self.name)?;
        object.serialize_field("detail", &self.detail)?;
        object.end()
    }
}

/// The part of a request that a field is in.
///
/// ```
/// assert_eq!(rutter::Place::Query.to_string(), "query");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A dynamic segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

impl Place {
    const fn as_str(self) -> &'static str {
        match self {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Body => "body",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
