//! Keeping answers.

mod policy;
mod tag;

pub use policy::{CacheOptions, CachePolicy, Revalidation, Vary};
pub use tag::{TagPiece, TagTemplate};
