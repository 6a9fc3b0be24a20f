//! A file as an answer.

use std::path::{Path, PathBuf};

use http::{
    HeaderValue,
    header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LAST_MODIFIED, X_CONTENT_TYPE_OPTIONS},
};

use crate::{
    body::Body,
    file::{
        load::{Loaded, blocking, load, open},
        media_type::media_type,
        refusal::refusal,
    },
    response::{IntoResponse, NeverKept, Problem, Refine, Response, Selectable, Source, disposition, refused},
};

/// A file as an answer.
///
/// It has a `Content-Type` by the ending of its name, `Content-Length`, `Last-Modified`, an `ETag` made of its length and
/// the time of its last change, and `Accept-Ranges`. The request's conditions and ranges are answered: 304, 412, 206, 416.
/// The client is told not to guess another type (`X-Content-Type-Options: nosniff`).
///
/// ```no_run
/// use rutter::prelude::*;
///
/// #[route(GET, "/terms")]
/// async fn terms() -> Result<impl IntoResponse, Problem> {
///     Ok(File::open("assets/terms.pdf").await?.inline("Terms of use.pdf").header("cache-control", "max-age=3600"))
/// }
/// ```
#[derive(Debug)]
#[must_use = "an answer is sent only when the handler returns it"]
pub struct File {
    loaded: Loaded,
    content_type: Option<HeaderValue>,
    disposition: Option<String>,
}

impl File {
    /// Opens a file that the program names. A path that comes from a client is opened by a
    /// [`Directory`](crate::Directory), which it cannot leave.
    ///
    /// # Errors
    /// A 404 when there is no such file, or it is a folder, a pipe, a socket or a device. A 500 for everything else; the
    /// log says why.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// use rutter::File;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// assert!(File::open("Cargo.toml").await.is_ok());
    /// assert_eq!(File::open("no/such/file").await.unwrap_err().status_code(), 404);
    /// # }
    /// ```
    pub async fn open(path: impl AsRef<Path>) -> Result<File, Problem> {
        let path = path.as_ref().to_owned();
        let loaded = blocking(move || load(open(&path)?).map(|loaded| (loaded, path))).await;
        let (loaded, path) = loaded.map_err(|error| refusal(&error))?;
        Ok(File::new(loaded, &path))
    }

    /// A file that is open already; the name tells its type.
    ///
    /// # Errors
    /// As [`open`](File::open).
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// use rutter::{File, IntoResponse};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), rutter::Problem> {
    /// let open = std::fs::File::open("Cargo.toml")?;
    /// let answer = File::from_std(open, "manifest.txt").await?.into_response();
    /// assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn from_std(file: std::fs::File, name: &str) -> Result<File, Problem> {
        let loaded = blocking(move || load(file)).await.map_err(|error| refusal(&error))?;
        Ok(File::new(loaded, &PathBuf::from(name)))
    }

    pub(super) fn new(loaded: Loaded, path: &Path) -> File {
        File { loaded, content_type: Some(media_type(path)), disposition: None }
    }

    /// The number of its bytes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), rutter::Problem> {
    /// assert!(!rutter::File::open("Cargo.toml").await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn len(&self) -> u64 {
        self.loaded.contents.len()
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Another media type than that of its name. One that HTTP does not allow makes the answer a 500.
    ///
    /// ```
    /// use rutter::{File, IntoResponse};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), rutter::Problem> {
    /// let answer = File::open("Cargo.toml").await?.content_type("application/toml").into_response();
    /// assert_eq!(answer.headers()["content-type"], "application/toml");
    /// # Ok(())
    /// # }
    /// ```
    pub fn content_type(mut self, media_type: impl TryInto<HeaderValue>) -> Self {
        self.content_type = media_type.try_into().ok();
        self
    }

    /// Lets the client save it under this name, which is made safe as that of an
    /// [`Attachment`](crate::Attachment) is.
    ///
    /// ```
    /// use rutter::{File, IntoResponse};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), rutter::Problem> {
    /// let answer = File::open("Cargo.toml").await?.attachment("manifest.toml").into_response();
    /// assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"manifest.toml\"");
    /// # Ok(())
    /// # }
    /// ```
    pub fn attachment(mut self, name: &str) -> Self {
        self.disposition = Some(disposition("attachment", name));
        self
    }

    /// Lets the client show it in place; the name is for when it is saved.
    ///
    /// ```
    /// use rutter::{File, IntoResponse};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), rutter::Problem> {
    /// let answer = File::open("Cargo.toml").await?.inline("manifest.toml").into_response();
    /// assert_eq!(answer.headers()["content-disposition"], "inline; filename=\"manifest.toml\"");
    /// # Ok(())
    /// # }
    /// ```
    pub fn inline(mut self, name: &str) -> Self {
        self.disposition = Some(disposition("inline", name));
        self
    }
}

impl IntoResponse for File {
    const STREAMS: bool = true;

    fn into_response(self) -> Response {
        let Loaded { contents, etag, modified } = self.loaded;
        let disposition = self.disposition.map(HeaderValue::try_from).transpose();
        let (Some(content_type), Ok(disposition)) = (self.content_type, disposition) else {
            return refused("the type of a file has a control character, which would split the answer");
        };
        let mut response = Response::new(Body::open(Selectable(contents)));
        // It may change at any time, and nobody would revalidate it; what it costs to look is what a hit costs.
        response.extensions_mut().insert(NeverKept("file"));
        let headers = response.headers_mut();
        headers.extend([
            (CONTENT_TYPE, content_type),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        ]);
        let more = [(CONTENT_DISPOSITION, disposition), (ETAG, etag), (LAST_MODIFIED, modified)];
        headers.extend(more.into_iter().filter_map(|(name, value)| Some((name, value?))));
        response
    }
}

impl Refine for File {}
