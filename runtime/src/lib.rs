//! HTTP routes as plain functions: checked by the compiler, collected by the linker, served from
//! any hyper server.

mod app;
mod body;
mod error;
mod extract;
mod limits;
pub mod prelude;
#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
mod reads;
mod response;
mod route;
mod router;
mod routes;
mod service;
mod state;
#[cfg(feature = "testing")]
pub mod testing;

pub use bytes::Bytes;
pub use http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

pub use rutter_macros::{FromRequest, route};

pub use body::{Body, BodyError, BodySlot};
pub use error::{BoxError, Error, Result};
pub use extract::{
    BodyRejection, ClientAddr, Extension, ExtensionRejection, FromHead, FromOptionalSegments, FromRequest, FromSegment,
    FromSegments, Json, JsonRejection, Request, RequestHead, SegmentError, Segments, State,
};
#[cfg(feature = "form")]
pub use extract::{Form, FormRejection, Query, QueryRejection};
#[cfg(feature = "multipart")]
pub use extract::{Multipart, MultipartError, Part};
#[cfg(feature = "typed-headers")]
pub use extract::{TypedHeader, TypedHeaderRejection};
#[cfg(feature = "typed-headers")]
pub use headers;
pub use limits::Limits;
pub use reads::Reads;
pub use response::{
    Attachment, Created, FieldError, Html, IntoResponse, IntoStatus, NoContent, Place, Problem, Redirect, Refine, Reply,
    Response,
};
pub use route::{LinkError, LinkSegments, LinkValue, Methods, Policies, Route};
pub use routes::{BuildError, Routes, Table};
pub use service::{RouteFuture, RouteService};
#[cfg(feature = "server")]
pub use service::{Server, serve};
pub use state::Requirements;
