//! What a handler takes of a delivery: a type that it is read into, or the bytes themselves.

use core::{fmt, ops::Deref};

use bytes::Bytes;
use serde::de::Deserialize;

use crate::{
    extract::{RequestHead, read_payload},
    response::Problem,
};

/// What a delivery is read into once it is verified: a type with `Deserialize`, or [`Raw`].
///
/// A body is read as [`Json`](crate::Json) does, whatever type it says it has; one that says it is
/// `application/x-www-form-urlencoded` as [`Form`](crate::Form) does, where the feature `form` is on. A type of your own
/// that reads another format implements it itself:
///
/// ```
/// use rutter::{Bytes, Problem, RequestHead, webhook::Payload};
///
/// /// One line for each lamp.
/// struct Lamps(Vec<String>);
///
/// impl Payload for Lamps {
///     fn read(_: &RequestHead, body: &Bytes) -> Result<Self, Problem> {
///         let text = str::from_utf8(body).map_err(|_| Problem::bad_request("the lamps are not UTF-8"))?;
///         Ok(Lamps(text.lines().map(str::to_owned).collect()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a webhook cannot be read into `{Self}`",
    label = "no value of this type can be made from a delivery",
    note = "derive `serde::Deserialize` for `{Self}`, or take `Webhook<P>`, which gives the bytes"
)]
pub trait Payload: Sized {
    /// Reads the body of a delivery.
    ///
    /// # Errors
    /// The answer when the body, although genuine, is not what the handler takes.
    fn read(head: &RequestHead, body: &Bytes) -> Result<Self, Problem>;
}

impl<T: for<'de> Deserialize<'de>> Payload for T {
    fn read(head: &RequestHead, body: &Bytes) -> Result<Self, Problem> {
        read_payload(head, body)
    }
}

/// The verified bytes, as they were signed.
///
/// ```
/// use rutter::{Bytes, webhook::Raw};
///
/// let raw = Raw::from(Bytes::from_static(b"{}"));
/// assert_eq!(&raw[..], b"{}");
/// assert_eq!(raw.into_bytes(), "{}");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Raw(Bytes);

impl Raw {
    /// The bytes.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Payload for Raw {
    fn read(_: &RequestHead, body: &Bytes) -> Result<Self, Problem> {
        Ok(Raw(body.clone()))
    }
}

impl Deref for Raw {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl From<Bytes> for Raw {
    fn from(bytes: Bytes) -> Self {
        Raw(bytes)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
