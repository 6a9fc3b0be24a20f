//! Keeping answers: static by proof, made anew when they are old, expired on demand, shared by instances.
//!
//! ```
//! use rutter::prelude::*;
//!
//! /// Reads nothing of the request, so it is static: made once.
//! #[route(GET, "/about")]
//! fn about() -> &'static str {
//!     "a book of routes"
//! }
//!
//! /// Kept for each slug, made anew behind an answer that is five minutes old, expired by its tags.
//! #[route(GET, "/catalog/[slug]", revalidate = 5m, tags("products", "product:[slug]"))]
//! async fn in_catalog(slug: &str) -> String {
//!     format!("all about {slug}")
//! }
//!
//! /// Its success expires what it has changed.
//! #[route(POST, "/catalog/[slug]", revalidates("product:[slug]"))]
//! async fn rename(slug: &str) -> String {
//!     format!("{slug} has another name")
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # use rutter::testing::Client;
//! let client = Client::new(rutter::routes![about, in_catalog, rename].build().unwrap());
//! assert_eq!(client.get("/about").await.header("cache-status"), Some("rutter; fwd=miss; stored"));
//! assert_eq!(client.get("/about").await.header("cache-status"), Some("rutter; hit"));
//! # }
//! ```
//!
//! # What is kept, and why
//!
//! A handler for GET (and HEAD with it) has one of three policies, decided while compiling from what its arguments
//! [read](crate::Reads) and what its attribute says. The table that an application prints at its start shows each with
//! its reason, and [`Route::cache_policy`](crate::Route::cache_policy) tells it.
//!
//! | the handler | the attribute | policy |
//! | --- | --- | --- |
//! | reads nothing (state is not the request) | | `○ static`: kept until it is revalidated |
//! | reads nothing | `revalidate = 60` | `↻ 60s`: kept, and made anew once it is that old |
//! | reads segments of the path | | `ƒ dynamic`: every request runs it |
//! | reads segments of the path | `revalidate`, `tags` | kept for each path |
//! | reads headers or the query | `vary(…)` | kept for each value that `vary` names |
//! | reads cookies, authorization, the client's address or the body | | dynamic; with `revalidate` a compile error |
//! | streams its answer | | dynamic; with `revalidate` a compile error |
//! | anything | `dynamic` | dynamic |
//!
//! State is not the request: a handler that reads nothing but a database is static, and goes on saying what the database
//! said first, until something expires it. Give it `tags(…)` that the routes which change the database name in
//! `revalidates(…)`, or a `revalidate` time, or `dynamic`.
//!
//! An answer that is kept is the same for everyone with the same key, and that is proved, not hoped for: the handler
//! *sees* only what belongs to the key. Its headers are those that `vary` names, its query has the pairs that `vary`
//! names in one order, its path is in one spelling, and there is no body, no peer and no extension. So a handler with
//! `vary("accept-language")` may take `&HeaderMap` and look for a cookie: there is none. (A query that cannot be read
//! has no key: the handler sees it as it is, with the same headers, and its answer is not kept.) A layer in front that
//! lets only some clients through has to say `Cache-Control: private` itself, lest caches between keep what it guards.
//!
//! Of what a handler answers, this is kept:
//! - the statuses 200, 204, 301, 308, 404 and 410; nothing else says something lasting;
//! - whole bodies of up to 1 MiB ([`Caching::largest`]); no streams;
//! - nothing with `Set-Cookie`, `Vary: *`, or `Cache-Control` with `no-store`, `private` or `no-cache`.
//!
//! A key is made of the route, of each segment and of each value that `vary` names, with their lengths, after their
//! escapes are resolved: `/a%2Fb` is not `/a/b`, and `/%61` is `/a`.
//!
//! # How it is seen
//!
//! | header | says |
//! | --- | --- |
//! | `Cache-Status: rutter; hit; ttl=41` | kept, and fresh for another 41 s (RFC 9211); at zero or below it is stale |
//! | `Cache-Status: rutter; fwd=miss; stored` | made for this request, and kept |
//! | `Cache-Status: rutter; fwd=miss; collapsed` | made for another request at the same time |
//! | `Cache-Status: rutter; fwd=miss; detail=set-cookie` | made for this request and not kept, for this reason |
//! | no `Cache-Status` | the route is dynamic, or its handler was given up |
//! | `Age: 19` | made 19 s ago |
//! | `ETag: "…"` | a digest of the bytes, unless the handler has set one; `If-None-Match` is answered with a 304 |
//! | `Cache-Control: public, max-age=0, s-maxage=60, stale-while-revalidate=…` | what other caches may do; a handler's own wins |
//!
//! HEAD and conditional requests are answered from what GET has made, and make it for GET.
//!
//! # How it ends
//!
//! - **By its age**: with `revalidate = 60` an answer is fresh for a minute. After that it is *stale*: the next request
//!   gets it at once, and the handler runs behind that answer, once. When the handler fails, the last good answer stays,
//!   and the next try waits, for a second at first and a minute at most. `stale_for = 1h` bounds how long it may stay.
//! - **By its tags or its path**, on demand: [`Revalidate`] as an argument of a handler, or
//!   [`RouteService::cache`](crate::RouteService::cache) from anywhere. It is not served again, unless it is only marked
//!   stale. What a handler makes meanwhile does not come back: it began before, so it is out of date.
//! - **By a success of POST, PUT, PATCH or DELETE** at its path (RFC 9111 §4.4), or of a route whose `revalidates(…)`
//!   names a tag of it; such a success also expires the path that its `Location` or `Content-Location` gives as `/path`.
//!   An answer that tells of a failure expires nothing; a handler that was cut off, by its time or because its client
//!   left, may have changed something, so it expires what a success would.
//! - **By being asked for least**, when memory is full ([`Caching::bytes`]).
//!
//! A tag has the text of the segment as it was sent: where `id: u64` also takes `007`, `/p/007` has the tag `p:007` and
//! goes on after `p:7` is expired. A tag without a segment in it reaches every spelling. Caches beyond this one are told
//! by `Cache-Control` what they may do; what they keep, no expiry reaches.
//!
//! # One flight
//!
//! A thousand requests for what is not there run the handler once. It runs in a task of its own, so the first client may
//! leave; when it panics or takes too long ([`Caching::longest`]), those who wait try once more, together, and get an
//! answer in any case. An answer that is for one client only goes to one; the others run the handler themselves.
//!
//! # Several instances
//!
//! With the feature `redis`, `Caching::default().store(Redis::new("redis://127.0.0.1")?)` shares what is kept: what one
//! instance has made the others serve, a flight of up to a second is one for all of them, and what one revalidates the
//! next request to any other sees, once they have acknowledged it or a tenth of a second has passed. Memory stays in
//! front, so a hit asks nobody. While Redis is away, slow or full, handlers run and nothing is served that another
//! instance may have expired (a line that falls silent is noticed within two seconds); it is used again as soon as it is
//! back.
//!
//! What is shared outlives a release of the application: give each release a prefix of its own
//! (`Redis::prefix(concat!("shop-", env!("CARGO_PKG_VERSION")))`) where the same key means another answer after it.
//!
//! A store of your own implements [`CacheStore`], whose documentation has the one rule that matters; the feature
//! `testing` has `testing::store_contract`, which checks it.
//!
//! # For readers who come from Next.js
//!
//! | Next.js | Rutter |
//! | --- | --- |
//! | `export const dynamic = 'force-static'` | nothing: what reads nothing is static |
//! | `export const dynamic = 'force-dynamic'` | `dynamic` |
//! | calling `cookies()` or `headers()` makes a route dynamic at run time | taking them as an argument does, at compile time |
//! | `export const revalidate = 60` | `revalidate = 60` |
//! | `export const revalidate = false` | `revalidate = false` |
//! | `fetch(…, { next: { tags: ['products'] } })`, `cacheTag('products')` | `tags("products")` |
//! | `revalidateTag('products', 'max')` | `revalidate.stale().tag("products")` |
//! | `updateTag('products')` | `revalidate.tag("products")`, or `revalidates("products")` on the route |
//! | `revalidatePath('/products/7')` | `revalidate.path(get_product::path(7))` |
//! | `cacheLife({ revalidate: 60, expire: 3600 })` | `revalidate = 60, stale_for = 59m` |
//! | `generateStaticParams` | nothing: the first request for a path makes it |
//! | `cacheHandler` | [`CacheStore`], or `Redis` |
//! | `x-nextjs-cache: HIT` | `Cache-Status: rutter; hit` |
//!
//! # How it works
//!
//! [`Freshness`] is a pure function of an answer's age, its policy and its *seal*. A [`Label`] is what an answer can be
//! revalidated by: everything, its path, each of its tags. Every label has a version, and a seal is the versions that an
//! answer's labels had before its handler ran. Revalidating changes a version, in one step for any number of answers; an
//! answer whose seal does not match is out of date, whoever holds it. The answer of a route whose key has nothing in it
//! lies in the route itself; all others are found in [`Memory`] by a borrowed key. A hit is ready: no future, no copy of
//! the body.

mod entry;
mod far;
mod flights;
mod freshness;
mod headers;
mod keeper;
mod kept;
mod key;
mod label;
mod labels;
mod memory;
mod policy;
mod query;
#[cfg(feature = "redis")]
mod redis;
mod revalidate;
mod seal;
mod settings;
mod shelf;
mod storable;
mod store;
mod tag;
#[cfg(feature = "compression")]
mod variants;

#[cfg(feature = "redis")]
pub use self::redis::Redis;
pub use entry::Entry;
pub use freshness::{Freshness, freshness};
pub use keeper::CacheStats;
pub use key::CacheKey;
pub use label::Label;
pub use memory::Memory;
pub use policy::{CacheOptions, CachePolicy, Revalidation, Vary};
pub use revalidate::Revalidate;
pub use seal::{Holds, Seal, Version};
pub use settings::Caching;
pub use store::{CacheStore, Found, Listener, Mode, StoreError, StoreFuture, Turn};
pub use tag::{TagPiece, TagTemplate};

pub(crate) use far::Far;
pub(crate) use flights::{Claim, Landing, Lost, Part, Shared, Waiting};
pub(crate) use headers::Forwarded;
pub(crate) use keeper::Keeper;
pub(crate) use kept::Kept;
pub(crate) use key::KeyBytes;
pub(crate) use shelf::{Shelf, canonical, tag_text};
pub(crate) use storable::{Fate, entry, fate};
#[cfg(feature = "compression")]
pub(crate) use variants::Made;
