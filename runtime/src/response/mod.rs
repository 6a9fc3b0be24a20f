//! From what a handler returns to an answer on the wire.
//!
//! A handler returns anything that implements [`IntoResponse`]; such a value can be refined
//! with [`status`](Refine::status) and [`header`](Refine::header):
//!
//! ```
//! use rutter::prelude::*;
//!
//! #[route(GET, "/api/ping")]
//! fn ping() -> impl IntoResponse {
//!     Json("pong").status(203).header("x-served-by", "rutter")
//! }
//! ```
//!
//! | value | answer |
//! | --- | --- |
//! | `&'static str`, `String`, `Cow<'static, str>` | 200, `text/plain; charset=utf-8` |
//! | [`Html`] | 200, `text/html; charset=utf-8` |
//! | [`Json`](crate::Json) | 200, `application/json` |
//! | `Bytes`, `Vec<u8>`, `&'static [u8]` | 200, `application/octet-stream` |
//! | [`Body`](crate::Body), streams included | 200, no type |
//! | [`Sse`](crate::Sse) | 200, `text/event-stream` |
//! | `()`, [`NoContent`] | 204 |
//! | `StatusCode` | that status, no body |
//! | [`Created`] | 201 with `Location` |
//! | [`Redirect`] | 307, 308 or 303 with `Location` |
//! | [`Attachment`] | 200 with `Content-Disposition: attachment`; a `Range` gets its part |
//! | `File` | 200 with its type, length and version; 206, 304, 412 or 416 where the request says so |
//! | [`Problem`] | its status, `application/problem+json` |
//! | `Option<T>` | `T`, or 404 |
//! | `Result<T, E>` | either |
//! | `(StatusCode, T)`, `(HeaderMap, T)`, `([(name, value); N], T)`, `(StatusCode, HeaderMap, T)` … | `T` with these |
//!
//! A header whose value would split the answer is never sent: the answer is a 500, the log says why.

mod attachment;
mod created;
mod html;
mod into;
mod location;
mod no_content;
mod problem;
mod redirect;
mod refine;
mod reply;
mod select;
mod spare;
mod tuple;

use crate::body::Body;

pub use attachment::Attachment;
#[cfg(feature = "files")]
pub(crate) use attachment::disposition;
pub use created::Created;
pub use html::Html;
pub use no_content::NoContent;
pub use problem::{FieldError, Place, Problem};
pub use redirect::Redirect;
pub use refine::Refine;
#[cfg(feature = "files")]
pub(crate) use reply::refused;
pub use reply::{IntoStatus, Reply};
#[cfg(feature = "files")]
pub(crate) use select::Source;
pub(crate) use select::{Selectable, select_part};
pub(crate) use spare::{recycle, with_type};

/// An answer: the `http` crate's own type, with Rutter's body.
pub type Response = http::Response<Body>;

/// Among the extensions of an answer: it is never kept, for this reason, whatever the type of the handler's value tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NeverKept(pub(crate) &'static str);

/// A value that a handler may return.
///
/// ```
/// use rutter::{IntoResponse, Refine, Response};
///
/// struct Teapot;
///
/// impl IntoResponse for Teapot {
///     fn into_response(self) -> Response {
///         "short and stout".status(418).into_response()
///     }
/// }
///
/// assert_eq!(Teapot.into_response().status(), 418);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a response",
    label = "no answer can be made from this type",
    note = "return `Json(value)` for data, `Html(text)`, text, `Bytes`, `NoContent`, `Redirect`, a `Result` of these, \
            or a tuple such as `(StatusCode::CREATED, Json(value))`",
    note = "where it may fail, return `Result<_, Problem>`: `?` turns any error into a `Problem`",
    note = "or implement `rutter::IntoResponse` for `{Self}`"
)]
pub trait IntoResponse {
    /// Whether the answer is known to come in pieces, so that it is never kept for later requests.
    const STREAMS: bool = false;

    /// Makes the answer.
    fn into_response(self) -> Response;
}
