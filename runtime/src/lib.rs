//! HTTP routes as plain functions: checked by the compiler, collected by the linker, served from
//! any hyper server.
//!
//! ```no_run
//! use rutter::prelude::*;
//! use serde::Serialize;
//!
//! #[derive(Serialize)]
//! struct Product { id: u64, name: String }
//!
//! /// One product.
//! #[route(GET, "/api/products/[id]")]
//! async fn get_product(id: u64) -> Result<Json<Product>, Problem> {
//!     match id {
//!         1 => Ok(Json(Product { id, name: "Brass sextant".to_owned() })),
//!         _ => Err(Problem::not_found("there is no such product")),
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> rutter::Result<()> {
//!     let app = rutter::collect!().build()?;
//!     rutter::serve(app, "127.0.0.1:3000").await
//! }
//! ```
//!
//! A handler is an `fn` or an `async fn`. One that is not `async` runs on the worker thread that polls
//! the connection, as what stands between two `await`s does, and holds up every other request of that
//! thread: it must not block. What blocks goes into an `async fn`, inside of
//! `tokio::task::spawn_blocking`.
//!
//! # Where things are
//!
//! - **Paths**: `/products/[id]`, `[...path]`, `[[...path]]`, `(group)`. An argument that has the name
//!   of a segment is read from it: [`FromSegment`], [`FromSegments`], [`Segments`].
//! - **Requests**: every other argument is an extractor: [`Query`], [`Json`], [`Form`],
//!   [`Multipart`], [`Bytes`], [`Body`], [`TypedHeader`], [`State`], [`Extension`], [`ClientAddr`],
//!   [`ClientIp`], [`Host`], [`Scheme`], [`Request`], `&HeaderMap`, `Option` and `Result` of them, and yours: [`trait@FromRequest`],
//!   [`FromHead`].
//! - **Answers**: [`Json`], [`Html`], [`NoContent`], [`Created`], [`Redirect`], [`Attachment`],
//!   [`Problem`], text, bytes, streams, tuples, and yours: [`IntoResponse`]. [`Refine`] adds a status
//!   and headers to each.
//! - **Cookies**: [`Cookies`], [`SignedCookies`] and [`PrivateCookies`] read them, [`SetCookie`] sets and removes a [`Cookie`];
//!   [`cookie`] is the manual.
//! - **Proxies in front**: [`Routes::proxies`] names them.
//! - **Files**: [`File`] and [`Directory`]: files as answers, with conditions and ranges.
//! - **Assembling**: [`collect!`], [`routes!`] and [`Routes`]; [`Routes::build`] reports every
//!   problem at once; [`assert_routes!`] does so in a test.
//! - **Serving**: [`RouteService`] for hyper and tower; [`serve`] and [`Server`].
//! - **Caching**: a GET that reads nothing of the request is made once; options of the attribute keep more. [`cache`] is
//!   the manual; [`Revalidate`] expires, [`Caching`] sets how much is kept and where.
//! - **Other origins**: [`Cors`] says which pages of other origins may read the answers, of a route, of a module by
//!   [`scope!`], or of the application; [`cors`] is the manual.
//! - **Events**: [`Sse`] tells a client as it happens, [`Broadcast`] many; [`sse`] is the manual.
//! - **Webhooks**: [`Webhook`] takes what Stripe, GitHub, Shopify, Slack and others have signed, once; [`webhook`] is the
//!   manual, [`Secret`] what is shared with them.
//! - **Afterwards**: [`After`] does work once the answer has been sent.
//! - **Devices**: the feature `user-agent` adds `UserAgent`: which browser, system and device asks, and whether a program
//!   does.
//! - **Compressing**: the feature `compression` adds `Routes::compression`.
//! - **Testing**: handlers are functions; the feature `testing` adds a client without a socket.
//!
//! # The attribute
//!
//! `#[route(METHODS, "/path", options…)]`, with one of `GET`, `POST`, `PUT`, `PATCH`, `DELETE`,
//! `HEAD`, `OPTIONS` or a list of them, and these options:
//!
//! | option | meaning |
//! | --- | --- |
//! | `status = 201` | the status of an answer that would be a 200 |
//! | `body_limit = 10mb` | the most bytes of a body: `b`, `kb`, `mb`, `gb` |
//! | `timeout = 30s` | the longest that the handler may run: `ms`, `s`, `m`, `h` |
//! | `revalidate = 60` | answers are kept for everyone, and made anew once they are this old: seconds, or `30s`, `5m`, `2h`, `7d`; `false` keeps them until somebody revalidates them |
//! | `stale_for = 1h` | how long past `revalidate` an answer may still be served while it is made anew |
//! | `tags("products", "product:[id]")` | answers are kept; the names that they are revalidated by |
//! | `vary("accept-language", query("page"))` | answers are kept for each value of these headers and names of the query; `query` is the whole query |
//! | `dynamic` | answers are never kept: every request runs the handler |
//! | `revalidates("products")` | on a route that changes something: the tags that a success of it expires |
//! | `cors = API` | which pages of other origins may read the answers: the name of a `static` with a [`Cors`] |
//! | `register = false` | not in `collect!()`: for `routes![…]` |
//! | `crate = path` | where Rutter is, when it is not `::rutter` |
//!
//! Beside the function stands a type of the same name, its companion: `get_product::path(7)` is
//! the link `/api/products/7`, `get_product::try_path(…)` refuses values that no link can hold, and
//! `get_product::ROUTE` tells all that the attribute says.

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
mod after;
mod app;
mod body;
pub mod cache;
mod chance;
#[cfg(feature = "compression")]
pub mod compression;
mod conditional;
#[cfg(feature = "cookies")]
pub mod cookie;
pub mod cors;
mod directive;
mod ending;
mod error;
mod extract;
#[cfg(feature = "files")]
mod file;
mod host;
mod limits;
mod methods;
mod percent;
pub mod prelude;
mod proxies;
mod range;
mod reads;
mod response;
mod route;
mod router;
mod routes;
mod secret;
mod service;
#[cfg(feature = "sse")]
pub mod sse;
mod state;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
mod token;
#[cfg(feature = "user-agent")]
pub mod user_agent;
mod vary;
#[cfg(feature = "webhooks")]
pub mod webhook;
mod work;

pub use bytes::Bytes;
pub use http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

pub use rutter_macros::{FromRequest, route, scope};

#[cfg(feature = "cookies")]
pub use crate::cookie::{Cookie, CookieKeys, Cookies, PrivateCookies, SameSite, SetCookie, SignedCookies};
pub use after::After;
pub use body::{Body, BodyError, BodyReader, BodySlot};
#[cfg(feature = "redis")]
pub use cache::Redis;
pub use cache::{CachePolicy, CacheStore, Caching, Memory, Revalidate};
#[cfg(feature = "compression")]
pub use compression::Compression;
pub use cors::{Cors, CorsError, Origin};
pub use error::{BoxError, Error, Result};
pub use extract::{
    BodyRejection, ClientAddr, ClientIp, Extension, ExtensionRejection, FromHead, FromOptionalSegments, FromRequest,
    FromSegment, FromSegments, Host, HostRejection, Json, JsonRejection, Request, RequestHead, Scheme, SegmentError,
    Segments, State,
};
#[cfg(feature = "form")]
pub use extract::{Form, FormRejection, Query, QueryRejection};
#[cfg(feature = "multipart")]
pub use extract::{Multipart, MultipartError, Part};
#[cfg(feature = "typed-headers")]
pub use extract::{TypedHeader, TypedHeaderRejection};
#[cfg(feature = "files")]
pub use file::{Directory, File, FilePath, Symlinks};
#[cfg(feature = "typed-headers")]
pub use headers;
pub use limits::Limits;
pub use proxies::Proxies;
pub use reads::Reads;
pub use response::{
    Attachment, Created, FieldError, Html, IntoResponse, IntoStatus, NoContent, Place, Problem, Redirect, Refine,
    Reply, Response,
};
pub use route::{LinkError, LinkSegments, LinkValue, Methods, Policies, Route};
pub use routes::{BuildError, Routes, Table};
pub use secret::Secret;
pub use service::{RouteFuture, RouteService};
#[cfg(feature = "server")]
pub use service::{Server, serve};
#[cfg(feature = "sse")]
pub use sse::{Broadcast, Event, Events, IntoEvent, Lag, LastEventId, Listener, Sse, SseError};
pub use state::Requirements;
pub use time::{Clock, Timestamp};
#[cfg(feature = "user-agent")]
pub use user_agent::UserAgent;
#[cfg(feature = "webhooks")]
pub use webhook::{GitHub, Shopify, Slack, StandardWebhooks, Stripe, Webhook};
pub use work::Unfinished;

/// The README's examples are compiled too.
#[cfg(all(doctest, feature = "server", feature = "testing"))]
#[doc = include_str!("../../README.md")]
struct Readme;
