//! Forms with files: `multipart/form-data`, part by part.

mod error;
mod part;

use crate::{
    body::BodySlot,
    extract::{FromRequest, RequestHead, header::ContentType},
    reads::Reads,
};

pub use error::MultipartError;
pub use part::Part;

/// A form with files, `multipart/form-data` (RFC 7578), read part by part as it arrives.
///
/// It is held to the route's limits of bytes and of parts. A part that is not read is skipped.
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
        let Some(field) = self.parts.next_field().await? else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(MultipartError::TooManyParts { limit: self.limit })?;
        Ok(Some(Part::new(field)))
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
        Ok(Multipart { parts: multer::Multipart::new(body.take()?, boundary), left: limit, limit })
    }

    fn is_absent(rejection: &MultipartError) -> bool {
        matches!(rejection, MultipartError::Absent)
    }
}

#[cfg(test)]
mod tests;
