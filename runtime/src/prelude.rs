//! What most files with routes need: `use rutter::prelude::*;`.

#[cfg(feature = "multipart")]
pub use crate::Multipart;
#[cfg(feature = "typed-headers")]
pub use crate::TypedHeader;
#[cfg(feature = "user-agent")]
pub use crate::UserAgent;
#[cfg(feature = "webhooks")]
pub use crate::Webhook;
pub use crate::{
    After, Attachment, Body, Bytes, ClientAddr, ClientIp, Cors, Created, Extension, FromHead, FromRequest, FromSegment,
    HeaderMap, Host, Html, IntoResponse, Json, Method, NoContent, Problem, Redirect, Refine, Reply, Request,
    RequestHead, Response, Revalidate, Scheme, Segments, State, StatusCode, Uri, route, scope,
};
#[cfg(feature = "sse")]
pub use crate::{Broadcast, Event, LastEventId, Sse};
#[cfg(feature = "cookies")]
pub use crate::{Cookie, CookieKeys, Cookies, PrivateCookies, SameSite, SetCookie, SignedCookies};
#[cfg(feature = "files")]
pub use crate::{Directory, File};
#[cfg(feature = "form")]
pub use crate::{Form, Query};
