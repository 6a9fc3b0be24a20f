//! Which pages of other origins may read the answers: cross-origin resource sharing, by the
//! [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol).
//!
//! A browser lets a page read an answer of another origin only when the answer says so. [`Cors`] is what is said; a route
//! names it, or a module with [`scope!`](crate::scope), or the application:
//!
//! ```
//! use rutter::prelude::*;
//!
//! static API: Cors = Cors::origins(&["https://app.example.com"]).dev_origin("http://localhost:5173").credentials();
//!
//! #[route(GET, "/api/products", dynamic, cors = API)]
//! fn products() -> &'static str {
//!     "a brass sextant"
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> rutter::Result<()> {
//! let app = rutter::testing::Client::new(rutter::routes![products].build()?);
//! let answer = app.get("/api/products").header("origin", "https://app.example.com").send().await;
//! assert_eq!(answer.headers()["access-control-allow-origin"], "https://app.example.com");
//! assert_eq!(answer.headers()["vary"], "origin");
//!
//! let answer = app.get("/api/products").header("origin", "https://app.example.com.evil.example").send().await;
//! assert!(!answer.headers().contains_key("access-control-allow-origin"));
//! # Ok(())
//! # }
//! ```
//!
//! The rules:
//! - a route's own option wins over scopes, the scope of the nearest module over those further out, and every scope over
//!   [`Routes::cors`](crate::Routes::cors). `Cors::none()` allows nobody where others around it do;
//! - an origin is compared as a whole, byte by byte; a predicate is asked only about what is written as browsers write
//!   origins ([`Origin`]). A second `Origin` line, and `null`, are never allowed: but `*`, which is the answer of
//!   `Cors::any()`, is read by browsers as everyone;
//! - every answer of a route has the headers, also errors of extractors, panics, time-outs and what is kept; a 405 has
//!   them where all routes of its path have one policy. With the application's policy so have 404, bad paths, redirects
//!   to tidy paths and what is refused before its path is looked at. What hyper itself refuses has none, because nobody
//!   is asked: a head that is too long (431), a target that is (414), a head that cannot be read (400);
//! - who is not allowed finds no `access-control-` header at all; headers of that kind that a handler has set are taken
//!   away on such a route;
//! - `Vary: origin` stands on each answer whose headers depend on the origin, also where there was none;
//! - a preflight (OPTIONS with `Origin` and `Access-Control-Request-Method`) is answered with the policy of the route
//!   that the requested method leads to, also where a route answers OPTIONS itself. One that is not allowed is answered
//!   as any OPTIONS would be: 204 with `Allow`;
//! - the methods that a preflight allows are those that the path really has under the same policy.
//!
//! CORS keeps pages from *reading* answers. It keeps nobody from sending requests: what changes something needs more
//! than that.
//!
//! How it works: `build` makes a `Policy` of each `Cors`, with its header values, so that a request only compares and
//! clones. Kept answers are kept without these headers; they are put on what is sent.

mod allowed;
mod answer;
mod fault;
mod host;
mod names;
mod origin;
mod parts;
mod policy;
mod preflight;
mod settings;

pub(crate) use answer::Grant;
pub use origin::{CorsError, Origin};
pub(crate) use policy::{Named, Policy};
pub(crate) use preflight::{Preflight, refuse};
pub use settings::Cors;
