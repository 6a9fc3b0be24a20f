//! Cookies: read, set and removed; signed, or for nobody else's eyes.
//!
//! ```
//! use core::time::Duration;
//! use rutter::{Secret, prelude::*};
//!
//! #[route(POST, "/session")]
//! fn sign_in(user: String, keys: State<CookieKeys>) -> impl IntoResponse {
//!     let session = Cookie::new("session", user).max_age(Duration::from_secs(7 * 24 * 3600));
//!     NoContent.cookie(keys.sign(session))
//! }
//!
//! #[route(GET, "/session")]
//! fn who(session: SignedCookies) -> Result<String, Problem> {
//!     let user = session.get("session").ok_or_else(|| Problem::unauthorized("sign in first"))?;
//!     Ok(format!("hello, {user}"))
//! }
//!
//! #[route(DELETE, "/session")]
//! fn sign_out() -> impl IntoResponse {
//!     NoContent.remove_cookie("session")
//! }
//!
//! # fn main() -> rutter::Result<()> {
//! let keys = CookieKeys::new(Secret::new("a secret of no fewer than 32 bytes, from the environment")?)?;
//! let app = rutter::collect!().state(keys).build()?;
//! # let _ = app;
//! # Ok(())
//! # }
//! ```
//!
//! # Reading
//!
//! - [`Cookies`] has all of them, [`SignedCookies`] and [`PrivateCookies`] those that this application has made. Each makes
//!   its route dynamic, and no answer of it is kept.
//! - Names are compared exactly, and of several cookies with one name the first counts: browsers send the one with the
//!   longest path first (RFC 6265 §5.4).
//! - Escapes of a value (`%20`) are resolved where all of them are well formed and come to UTF-8; else the value stands as
//!   it was sent. Quotes around a value belong to it, as browsers have it (RFC 6265bis §4.1.1).
//! - What has no name, no `=`, a control character or is no UTF-8 is left out, and nothing else is.
//!
//! # Setting
//!
//! - [`cookie`](SetCookie::cookie) and [`remove_cookie`](SetCookie::remove_cookie) refine every answer. The same name, path
//!   and domain again replaces what was set before.
//! - What a [`Cookie`] does not say is `HttpOnly; SameSite=Lax; Path=/; Secure`.
//! - A name that begins with `__Host-` or `__Secure-`, `SameSite=None` and `Partitioned` need `Secure`; `__Host-` needs
//!   `Path=/` and no domain besides; `__Http-` and `__Host-Http-` need `HttpOnly` as well (RFC 6265bis §4.1.3).
//! - A value may be any text: what a cookie has no room for is escaped as `encodeURIComponent` does.
//! - A name that is no token, a path or a domain that is none or would smuggle an attribute in, more than 4,096 bytes of
//!   name and value (with its escapes) or 1,024 of a path or a domain (RFC 6265bis §5.6), and `secure(false)` or
//!   `http_only(false)` where the other is needed, are mistakes of the handler: the answer is a 500, and the log says why.
//! - An answer that sets a cookie, and says nothing of it, has `Cache-Control: no-store`: without it a shared cache may
//!   keep the cookie and hand it to others (RFC 9111 §7.3). Kept answers are never stored with one.
//!
//! # `Secure` on a developer's machine
//!
//! A browser that keeps to the letter takes no `Secure` cookie from `http://localhost`. So a `Secure` that is there by
//! default is taken away again where browser and server are plainly on one machine: the other end of the connection is
//! loopback (or unknown, as in a test), `Host` is `localhost`, `*.localhost` or a loopback address, nothing says `https`,
//! and no header tells of a proxy (`Forwarded`, `X-Forwarded-*`, `X-Real-IP`, `Via`). Behind a proxy that
//! [`Routes::proxies`](crate::Routes::proxies) names, the client, host and scheme that it tells decide. What is
//! `secure(true)`, and what needs `Secure`, keeps it; so does a route that is made for everyone, which sees no request: a GET
//! that reads nothing and sets a cookie is `dynamic`.
//!
//! A trap is left: a proxy *on the same machine* that puts `localhost` in the place of the client's `Host`, and adds no
//! header. Name it, let it hand on `Host`, or say `secure(true)`.
//!
//! # How it works
//!
//! A handler makes its answer without knowing the request, so the header is written with `Secure`, which is what a unit test
//! sees, and the body is left *open*: it is settled when the answer meets its request. Answers without cookies pay nothing.

mod answer;
mod attributes;
mod extractor;
mod keys;
mod loopback;
mod pairs;
mod private;
mod read;
mod rules;
mod signed;

pub use cookie::SameSite;

pub use answer::SetCookie;
pub use attributes::Cookie;
pub use keys::CookieKeys;
pub use private::PrivateCookies;
pub use read::Cookies;
pub use signed::SignedCookies;
