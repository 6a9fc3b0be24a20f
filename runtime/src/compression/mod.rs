//! Answers in fewer bytes: br, zstd or gzip, as the client asks (RFC 9110 §12.5.3).
//!
//! ```
//! use rutter::{Compression, prelude::*};
//! # use rutter::testing::Client;
//!
//! #[route(GET, "/log")]
//! fn log() -> String {
//!     "all is well\n".repeat(1_000)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let app = rutter::routes![log].compression(Compression::default()).build().unwrap();
//! let answer = Client::new(app).get("/log").header("accept-encoding", "gzip, br").await;
//! assert_eq!(answer.header("content-encoding"), Some("br"));
//! assert_eq!(answer.header("vary"), Some("accept-encoding"));
//! assert!(answer.bytes().len() < 100);
//! # }
//! ```
//!
//! # What is compressed
//!
//! Nothing before [`Routes::compression`](crate::Routes::compression) was called. Then every answer, of handlers, of the
//! fallback and of the cache, unless one of these holds:
//! - its media type gains nothing: images, video, archives, WOFF; text, JSON, XML, JavaScript, WebAssembly, SVG and their
//!   like are compressed, an answer without a `Content-Type` is not;
//! - it is a `text/event-stream`: events are short, and proxies and clients hold back what is encoded;
//! - it is shorter than [`Compression::smallest`], 1 KiB;
//! - it has a `Content-Encoding` already, or a digest of its bytes (RFC 9530);
//! - it is a part of something (206, `Content-Range`), or has no body;
//! - it says `Cache-Control: no-transform` (RFC 9110 §7.7): **so an answer opts out**.
//!
//! # What should not be
//!
//! The length of a compressed answer tells how much its parts resemble each other. Where a secret (a token against forged
//! requests, a one-time code, an address) stands beside text that somebody else may choose (a search term that is
//! repeated), an attacker who makes a browser ask again and again, and sees the lengths, guesses the secret letter by
//! letter: the BREACH attack. Encryption does not hide lengths. Such an answer says `no-transform`:
//!
//! ```
//! use rutter::prelude::*;
//!
//! #[route(GET, "/transfer", register = false)]
//! fn transfer() -> impl IntoResponse {
//!     Html("<input type=hidden name=token value=…>").header("cache-control", "no-store, no-transform")
//! }
//! ```
//!
//! # Which encoding
//!
//! The one with the highest quality in `Accept-Encoding`; among equals the first of br, zstd, gzip, or of
//! [`Compression::encodings`]. `*` stands for those that are not named; what is written wrong is passed over. A client
//! that accepts nothing of what there is gets the answer as it is, never a 406; so does one that sends no
//! `Accept-Encoding`.
//!
//! # How it is seen
//!
//! | header | says |
//! | --- | --- |
//! | `Content-Encoding: br` | the answer is compressed |
//! | `Vary: accept-encoding` | it is compressible: also on what is sent as it is, on a part and on a 304 |
//! | `ETag: W/"x"` | of `"x"`: the bytes are others, the meaning is the same (RFC 9110 §8.8.1). `If-None-Match` takes either where conditions are answered: of files, attachments and what is kept |
//! | `Content-Length` | the compressed length, where it is known; a HEAD leaves it out where only GET would find it out |
//! | no `Accept-Ranges` | ranges are those of the bytes as they are |
//!
//! A 304 of a handler does not tell the type of what it stands for, nor does a 206 of several parts: both say
//! `Vary: accept-encoding` in any case. The entity tag of such a 304 is weak where the client has sent it so: that is the
//! form that the client has.
//!
//! # Streams
//!
//! A stream is compressed as it comes, and whenever there is nothing more to compress at the moment, all there has been is
//! flushed: a line that a handler sends arrives, however short it is. A body of up to 64 KiB that is there as a whole is
//! compressed at once and has a length; a larger one goes piece by piece, as the connection takes it, and other requests
//! have their turn between two pieces. A stream that fails cuts the connection. Trailers pass.
//!
//! Windows are bounded to 256 KiB (gzip has 32 KiB) and tables with them, so a connection that is being answered holds
//! about 3 MiB at most, with [`Level::Best`] 8 MiB: gzip needs half of a megabyte, zstd two, br the most.
//!
//! # What is kept
//!
//! Of a kept answer each encoding is made once, by the first request that wants it, in a thread for blocking work; others
//! wait for it, and every later one finds it ready. It lives as long as the answer does. Room for the encodings is counted
//! when the answer is kept: as much as its body takes. What does not fit into that with the others, or is not shorter than
//! the body, is not kept, and the answer is sent as it is. Redis has the answer as it is alone.

mod body;
mod eligible;
mod encoder;
mod encoding;
mod headers;
mod negotiate;
mod settings;
mod wish;

pub use encoding::Encoding;
pub use settings::{Compression, Level};

pub(crate) use eligible::is_compressible;
pub(crate) use encoder::encode;
pub(crate) use headers::{mark_encoded, mark_varying, weaken};
pub(crate) use wish::Wish;
