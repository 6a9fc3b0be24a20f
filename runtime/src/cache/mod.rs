//! Keeping answers.

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
pub(crate) use shelf::{Shelf, canonical, tag_text};
pub(crate) use storable::{Fate, entry, fate};
