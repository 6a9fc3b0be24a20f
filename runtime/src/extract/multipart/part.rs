//! One part of a form: a field or a file.

use core::marker::PhantomData;

use bytes::Bytes;
use http::{
    HeaderMap,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};

use crate::extract::{Multipart, MultipartError, header};

/// One part of a form: a field or a file, read as it arrives.
///
/// It borrows the form, so that the next part is only asked for once this one is done with.
///
/// ```
/// use rutter::{MultipartError, Part};
///
/// async fn describe(part: Part<'_>) -> Result<String, MultipartError> {
///     let file = part.file_name().unwrap_or("no file").to_owned();
///     Ok(format!("{file}: {} bytes", part.bytes().await?.len()))
/// }
/// ```
#[derive(Debug)]
pub struct Part<'m> {
    field: multer::Field<'static>,
    name: Option<String>,
    file_name: Option<String>,
    form: PhantomData<&'m mut Multipart>,
}

impl Part<'_> {
    pub(super) fn new(field: multer::Field<'static>) -> Self {
        let disposition = field.headers().get(CONTENT_DISPOSITION).and_then(header::text);
        let parameter = |name| disposition.and_then(|value| header::parameter(value, name));
        let (name, file_name) = (parameter("name"), parameter("filename"));
        Part { field, name, file_name, form: PhantomData }
    }

    /// The field's name.
    ///
    /// ```
    /// fn is_photo(part: &rutter::Part<'_>) -> bool {
    ///     part.name() == Some("photo")
    /// }
    /// ```
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The file's name, as the client tells it.
    ///
    /// It may hold slashes, dots and anything else: never use it as a path.
    ///
    /// ```
    /// fn is_file(part: &rutter::Part<'_>) -> bool {
    ///     part.file_name().is_some()
    /// }
    /// ```
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type, as the client tells it.
    ///
    /// ```
    /// fn is_png(part: &rutter::Part<'_>) -> bool {
    ///     part.content_type() == Some("image/png")
    /// }
    /// ```
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE).and_then(header::text)
    }

    /// The part's headers.
    ///
    /// ```
    /// fn is_plain(part: &rutter::Part<'_>) -> bool {
    ///     part.headers().len() == 1
    /// }
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        self.field.headers()
    }

    /// The next chunk of bytes; `None` at the end of the part.
    ///
    /// ```
    /// async fn size(mut part: rutter::Part<'_>) -> Result<usize, rutter::MultipartError> {
    ///     let mut size = 0;
    ///     while let Some(chunk) = part.chunk().await? {
    ///         size += chunk.len();
    ///     }
    ///     Ok(size)
    /// }
    /// ```
    ///
    /// # Errors
    /// When the body breaks off or is larger than the route takes.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, MultipartError> {
        Ok(self.field.chunk().await?)
    }

    /// The whole part.
    ///
    /// ```
    /// async fn size(part: rutter::Part<'_>) -> Result<usize, rutter::MultipartError> {
    ///     Ok(part.bytes().await?.len())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the body breaks off or is larger than the route takes.
    pub async fn bytes(self) -> Result<Bytes, MultipartError> {
        Ok(self.field.bytes().await?)
    }

    /// The whole part as text, which must be UTF-8, whatever charset the client names.
    ///
    /// ```
    /// async fn comment(part: rutter::Part<'_>) -> Result<String, rutter::MultipartError> {
    ///     part.text().await
    /// }
    /// ```
    ///
    /// # Errors
    /// When the text is not UTF-8, when the body breaks off or is larger than the route takes.
    pub async fn text(self) -> Result<String, MultipartError> {
        let bytes = self.field.bytes().await?;
        String::from_utf8(bytes.into()).map_err(|_| MultipartError::NotText { name: self.name.unwrap_or_default() })
    }
}
