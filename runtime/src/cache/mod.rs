//! Keeping answers.

mod entry;
mod freshness;
mod key;
mod label;
mod policy;
mod seal;
mod store;
mod tag;

pub use entry::Entry;
pub use freshness::{Freshness, freshness};
pub use key::CacheKey;
pub use label::Label;
pub use policy::{CacheOptions, CachePolicy, Revalidation, Vary};
pub use seal::{Holds, Seal, Version};
pub use store::{CacheStore, Found, Listener, Mode, StoreError, StoreFuture, Turn};
pub use tag::{TagPiece, TagTemplate};
