//! What a handler takes of a delivery: a type that it is read into, or the bytes themselves.

use core::{fmt, ops::Deref};

use bytes::Bytes;
use serde::de::Deserialize;

use crate::{extract::RequestHead, response::Problem, webhook::Format};

/// What a delivery is read into once it is verified: a type with `Deserialize`, or [`Raw`].
///
/// A body is read in the [`Format`] that its provider knows it to have. A type of your own that reads another one
/// implements it itself:
///
/// ```
/// use rutter::{Bytes, Problem, RequestHead, webhook::{Format, Payload}};
///
/// /// One line for each lamp.
/// struct Lamps(Vec<String>);
///
/// impl Payload for Lamps {
///     fn read(_: &RequestHead, body: &Bytes, _: Format) -> Result<Self, Problem> {
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
    /// Reads the body of a delivery. It alone is signed: what headers say of it is not to be believed.
    ///
    /// # Errors
    /// The answer when the body, although genuine, is not what the handler takes.
    fn read(head: &RequestHead, body: &Bytes, format: Format) -> Result<Self, Problem>;
}

impl<T: for<'de> Deserialize<'de>> Payload for T {
    fn read(head: &RequestHead, body: &Bytes, format: Format) -> Result<Self, Problem> {
        format.read(head, body)
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
    fn read(_: &RequestHead, body: &Bytes, _: Format) -> Result<Self, Problem> {
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
