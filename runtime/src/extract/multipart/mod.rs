//! Forms with files: `multipart/form-data`, part by part.

mod error;
mod gather;
mod part;

use core::{
    future::{Future, poll_fn},
    pin::pin,
    task::ready,
};

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead, header::ContentType},
    reads::Reads,
};

use gather::Gather;

pub use error::MultipartError;
pub use part::Part;

/// A form with files, `multipart/form-data` (RFC 7578), read part by part as it arrives.
///
/// It is held to the route's limits of bytes and of parts, and to 16 KiB of headers a part. A part
/// that is not read is skipped.
///
/// ```
/// use rutter::{Multipart, Problem};
///
/// // #[route(POST, "/photos")]
/// async fn upload(mut form: Multipart) -> Result<String, Problem> {
///     let mut bytes = 0;
///     while let Some(mut part) = form.next_part().await? {
///         while let Some(chunk) = part.chunk().await? {
///             bytes += chunk.len();
///         }
///     }
///     Ok(format!("{bytes} bytes"))
/// }
/// ```
#[derive(Debug)]
pub struct Multipart {
    parts: multer::Multipart<'static>,
    source: Gather,
    left: usize,
    limit: usize,
}

impl Multipart {
    /// The next part; `None` after the last one. What was not read of the part before is skipped.
    ///
    /// ```
    /// # use rutter::{Multipart, MultipartError};
    /// async fn names(mut form: Multipart) -> Result<Vec<String>, MultipartError> {
    ///     let mut names = Vec::new();
    ///     while let Some(part) = form.next_part().await? {
    ///         names.extend(part.name().map(str::to_owned));
    ///     }
    ///     Ok(names)
    /// }
    /// ```
    ///
    /// # Errors
    /// When the body is malformed, breaks off or is larger than the route takes.
    pub async fn next_part(&mut self) -> Result<Option<Part<'_>>, MultipartError> {
        let Some(field) = self.next_field().await? else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(MultipartError::TooManyParts { limit: self.limit })?;
        let head: usize = field.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if head > LONGEST_HEAD {
            return Err(MultipartError::Malformed);
        }
        Ok(Some(Part::new(field)))
    }

    async fn next_field(&mut self) -> Result<Option<multer::Field<'static>>, multer::Error> {
        let mut next = pin!(self.parts.next_field());
        let mut waits = false;
        poll_fn(|cx| {
            if waits {
                ready!(self.source.poll_enough(cx));
            }
            waits = true;
            next.as_mut().poll(cx)
        })
        .await
    }
}

impl FromRequest for Multipart {
    const READS: Reads = Reads::BODY;
    const READY: bool = true;
    type Rejection = MultipartError;

    async fn from_request(head: &RequestHead, body: &mut BodySlot) -> Result<Self, MultipartError> {
        let kind = ContentType::of(head.headers());
        if kind == ContentType::Missing && body.is_empty() {
            return Err(MultipartError::Absent);
        }
        if !kind.is("multipart/form-data") {
            return Err(MultipartError::NotMultipart);
        }
        // RFC 2046 §5.1.1: up to 70 characters.
        let boundary = kind.parameter("boundary").filter(|boundary| (1..=70).contains(&boundary.len()));
        let boundary = boundary.ok_or(MultipartError::NoBoundary)?;
        let limit = head.app.limits.multipart_parts;
        let source = Gather::new(body.take()?);
        Ok(Multipart { parts: multer::Multipart::new(source.clone(), boundary), source, left: limit, limit })
    }

    fn is_absent(rejection: &MultipartError) -> bool {
        matches!(rejection, MultipartError::Absent)
    }
}

/// The most bytes that the headers of one part may have.
const LONGEST_HEAD: usize = 16 * 1024;

#[cfg(test)]
mod tests;
