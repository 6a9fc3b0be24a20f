//! From a request to the arguments of a handler.
//!
//! An argument whose name is a segment's is read from the path ([`FromSegment`],
//! [`FromSegments`]); every other argument is an *extractor*: an owned type that implements
//! [`FromRequest`], or a borrowed one that implements [`FromHead`].
//!
//! ```
//! use rutter::prelude::*;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Search { q: String, page: Option<u32> }
//!
//! #[route(GET, "/shops/[shop]/search")]
//! async fn search(shop: &str, search: Query<Search>, headers: &HeaderMap) -> String {
//!     format!("{shop}: {} (page {}), {} headers", search.q, search.page.unwrap_or(1), headers.len())
//! }
//! ```
//!
//! The rules:
//! - extractors stand in any order; at most one of them reads the body;
//! - `Option<T>` is `None` where the part is absent, and still an error where it is malformed. A
//!   body, a state and a derived extractor are never absent; of an extractor of your own every
//!   rejection is an absence, unless it overrides [`is_absent`](FromRequest::is_absent);
//! - `Result<T, T::Rejection>` hands the error to the handler;
//! - what is refused is answered with a [`Problem`](crate::Problem) that names the place:
//!   a segment is a 404, a query or malformed JSON a 400, a wrong shape a 422, a wrong type a
//!   415, too much a 413;
//! - [`FromRequest::READS`] states what is looked at; the compiler folds it over the arguments.

mod client_addr;
mod client_ip;
mod extension;
#[cfg(test)]
mod fixture;
#[cfg(feature = "form")]
mod form;
mod head;
mod header;
mod host;
mod json;
#[cfg(feature = "multipart")]
mod multipart;
mod optional;
mod params;
#[cfg(feature = "webhooks")]
mod payload;
#[cfg(feature = "form")]
mod query;
mod raw;
mod scheme;
mod segment;
mod segments;
mod state;
#[cfg(feature = "form")]
mod urlencoded;
mod view;
mod wording;

use core::future::Future;

use crate::{body::BodySlot, reads::Reads, response::IntoResponse, state::Requirements};

pub use client_addr::ClientAddr;
pub use client_ip::ClientIp;
#[cfg(feature = "cookies")]
pub(crate) use client_ip::told;
pub use extension::{Extension, ExtensionRejection};
#[cfg(feature = "form")]
pub use form::{Form, FormRejection};
pub use head::RequestHead;
pub(crate) use head::settle;
#[cfg(feature = "typed-headers")]
pub use header::{TypedHeader, TypedHeaderRejection};
pub use host::{Host, HostRejection};
pub use json::{Json, JsonRejection};
#[cfg(feature = "multipart")]
pub use multipart::{Multipart, MultipartError, Part};
pub use params::{Params, Span, Spans};
#[cfg(all(feature = "webhooks", feature = "form"))]
pub(crate) use payload::read_form;
#[cfg(feature = "webhooks")]
pub(crate) use payload::read_json;
#[cfg(feature = "form")]
pub use query::{Query, QueryRejection};
pub use raw::{BodyRejection, Request};
pub use scheme::Scheme;
pub use segment::{FromSegment, SegmentError};
pub use segments::{FromOptionalSegments, FromSegments, Segments};
pub use state::State;
pub(crate) use view::HeadView;

/// A type that is made from a request, owns what it holds and may wait for it.
///
/// ```
/// use rutter::{BodySlot, FromRequest, Problem, Reads, RequestHead};
///
/// /// The tenant that the request is for.
/// struct Tenant(String);
///
/// impl FromRequest for Tenant {
///     const READS: Reads = Reads::HEAD;
///     type Rejection = Problem;
///
///     async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
///         let tenant = head.headers().get("x-tenant").and_then(|value| value.to_str().ok());
///         tenant.map(|tenant| Tenant(tenant.to_owned())).ok_or_else(|| Problem::new(400).detail("no `x-tenant`"))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an extractor",
    label = "no value of this type can be made from a request",
    note = "name the argument after a `[segment]` of the path to read it from there, or use an extractor: \
            `Query<T>`, `Json<T>`, `Form<T>`, `State<T>`, `TypedHeader<T>`, `Bytes`, `String`, `Body`, `Request`",
    note = "or implement `rutter::FromRequest` for `{Self}`"
)]
pub trait FromRequest: Sized {
    /// What is looked at.
    const READS: Reads;

    /// Whether the future of [`from_request`](FromRequest::from_request) is complete when it is
    /// polled first. Rutter's own extractors state it so that a handler that never waits needs
    /// no future.
    #[doc(hidden)]
    const READY: bool = false;

    /// The answer when no value can be made.
    type Rejection: IntoResponse;

    /// Makes the value.
    ///
    /// # Errors
    /// The rejection is sent to the client as the answer.
    fn from_request(
        head: &RequestHead,
        body: &mut BodySlot,
    ) -> impl Future<Output = Result<Self, Self::Rejection>> + Send;

    /// What must be there before the application starts: [`State<T>`] requires a `T`.
    fn requires(_requirements: &mut Requirements) {}

    /// Whether a rejection means that the part is not there at all, which makes an
    /// `Option<Self>` a `None`. By default every rejection does.
    ///
    /// An extractor that can tell a part that is absent from one that is wrong overrides it, and
    /// one for credentials has to: otherwise `Option<User>` takes a forged token for no token.
    ///
    /// ```
    /// use rutter::{BodySlot, FromRequest, Problem, Reads, RequestHead};
    ///
    /// struct User(String);
    ///
    /// impl FromRequest for User {
    ///     const READS: Reads = Reads::CREDENTIALS;
    ///     type Rejection = Problem;
    ///
    ///     async fn from_request(head: &RequestHead, _: &mut BodySlot) -> Result<Self, Problem> {
    ///         match head.headers().get("authorization").map(|value| value.as_bytes()) {
    ///             None => Err(Problem::unauthorized("no token")),
    ///             Some(b"Bearer ada") => Ok(User("ada".to_owned())),
    ///             Some(_) => Err(Problem::forbidden("nobody has this token")),
    ///         }
    ///     }
    ///
    ///     fn is_absent(rejection: &Problem) -> bool {
    ///         rejection.status_code() == 401
    ///     }
    /// }
    /// ```
    fn is_absent(_rejection: &Self::Rejection) -> bool {
        true
    }
}

/// A type that borrows from the head of a request: `&HeaderMap`, `&Uri`, `Query<Search<'_>>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not borrow from a request",
    label = "no value of this type can be borrowed from the head of a request",
    note = "`&HeaderMap`, `&Uri`, `&Method`, `&RequestHead` and `Query<T<'_>>` do; `&str` does where the argument has \
            the name of a `[segment]`",
    note = "for state write `State<T>`, which derefs to `T`"
)]
pub trait FromHead<'r>: Sized {
    /// What is looked at.
    const READS: Reads;

    /// The answer when no value can be made.
    type Rejection: IntoResponse;

    /// Borrows the value.
    ///
    /// # Errors
    /// The rejection is sent to the client as the answer.
    fn from_head(head: &'r RequestHead) -> Result<Self, Self::Rejection>;

    /// What must be there before the application starts.
    fn requires(_requirements: &mut Requirements) {}

    /// Whether a rejection means that the part is not there at all, which makes an
    /// `Option<Self>` a `None`. By default every rejection does.
    ///
    /// An extractor for credentials has to override it, as in [`FromRequest::is_absent`].
    fn is_absent(_rejection: &Self::Rejection) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
