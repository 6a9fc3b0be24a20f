//! The path grammar of Rutter: one language for routes, links and descriptions.
//!
//! A pattern says which paths a route answers. It is read once, while a program compiles or starts, and is then
//! compared, matched and rendered without another question:
//!
//! ```
//! use rutter_pattern::{Pattern, Segment};
//!
//! let pattern = Pattern::parse("/(shop)/products/[id]")?;
//!
//! assert_eq!(pattern.path(), "/products/[id]");
//! assert_eq!(pattern.template(), "/products/{id}");
//! assert_eq!(pattern.segments(), [Segment::Static("products".into()), Segment::Param("id".into())]);
//! assert!(pattern.matches("/products/7"));
//! # Ok::<(), rutter_pattern::PatternErrors>(())
//! ```
//!
//! # Grammar
//!
//! A pattern begins with `/` and is a list of segments with one `/` between them. `/` alone is the root. A segment
//! is written in one of five forms, and each form fills its whole segment:
//!
//! | written | takes | example |
//! | --- | --- | --- |
//! | `products` | the segment with exactly this text | `/products` |
//! | `[id]` | any one segment | `/products/[id]` takes `/products/7` |
//! | `[...path]` | every remaining segment, at least one | `/files/[...path]` takes `/files/a/b` |
//! | `[[...path]]` | every remaining segment, or none | `/docs/[[...path]]` takes `/docs` too |
//! | `(shop)` | nothing: a group sorts routes and vanishes from the path | `/(shop)/cart` takes `/cart` |
//!
//! * A catch-all, optional or not, comes last.
//! * A name is an ASCII Rust identifier that may name an argument: no keyword, not `_`, and once in a pattern.
//! * Static text and the names of groups are letters, digits and `- . _ ~ ! $ & ' + , ; = : @`: what RFC 3986 §3.3
//!   allows in a segment, without escapes, and without `(`, `)` and `*`. Static text does not begin with `:`
//!   or `...`, and is not `.` or `..`.
//! * There is no slash at the end and no empty segment.
//!
//! # Mistakes
//!
//! [`Pattern::parse`] gathers every mistake of a text. Each says what is wrong and what to write, and draws where:
//!
//! ```
//! use rutter_pattern::Pattern;
//!
//! let errors = Pattern::parse("/files/[...path]/meta").unwrap_err();
//!
//! assert_eq!(
//!     errors.to_string(),
//!     "a catch-all takes every remaining segment, so it must come last\n    \
//!      /files/[...path]/meta\n           \
//!      ^^^^^^^^^",
//! );
//! ```
//!
//! # Comparing
//!
//! Of two patterns that take the same path, the more specific one answers ([`Pattern::specificity`]): segment by
//! segment, static text comes before `[x]`, `[x]` before `[...x]`, `[...x]` before `[[...x]]`. Two patterns that
//! differ in names and groups only have the same [`Shape`] and cannot be told apart.
#![no_std]

extern crate alloc;

mod describe;
mod draw;
mod error;
mod kind;
mod message;
mod order;
mod parse;
mod pattern;
mod render;
mod segment;
mod shape;

pub use crate::{
    error::{PatternError, PatternErrors},
    kind::PatternErrorKind,
    pattern::Pattern,
    render::{Link, LinkError},
    segment::Segment,
    shape::Shape,
};
