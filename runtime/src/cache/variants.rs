//! A kept answer in each encoding, made once.

use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use tokio::{runtime::Handle, sync::OnceCell};

use crate::{
    cache::kept::Kept,
    compression::{Compression, Encoding, encode, mark_encoded},
};

/// A kept answer in each encoding.
#[derive(Debug)]
pub(super) struct Variants {
    settings: Compression,
    /// By encoding; `None` is one that is not worth it.
    made: [OnceCell<Option<Variant>>; Encoding::ALL.len()],
    /// How many bytes there is still room for.
    room: AtomicU64,
}

/// A kept answer in one encoding.
#[derive(Debug)]
pub(crate) struct Variant {
    /// Those of the answer as it is, as this encoding changes them.
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Whether a kept answer is there in an encoding.
pub(crate) enum Made<'k> {
    Ready(&'k Variant),
    /// It is sent as it is: this encoding would not make it shorter, or there is no room.
    AsItIs,
    NotYet,
}

impl Variants {
    /// Room for encodings that take as much as the answer itself, in all.
    pub(super) fn new(settings: Compression, room: u64) -> Self {
        Variants { settings, made: Default::default(), room: AtomicU64::new(room) }
    }

    #[inline]
    pub(super) fn get(&self, encoding: Encoding) -> Made<'_> {
        match self.made[encoding as usize].get() {
            Some(Some(variant)) => Made::Ready(variant),
            Some(None) => Made::AsItIs,
            None => Made::NotYet,
        }
    }

    /// Makes it, for everyone who waits: once.
    pub(super) async fn make(&self, kept: &Arc<Kept>, encoding: Encoding) {
        let made = self.made[encoding as usize].get_or_init(|| async {
            let (level, plain) = (self.settings.effort(), kept.body().clone());
            let encoded = Handle::current().spawn_blocking(move || encode(encoding, level, &plain));
            // Without it the answer is sent as it is.
            let Ok(Ok(encoded)) = encoded.await else { return None };
            self.admit(kept, encoding, encoded)
        });
        made.await;
    }

    fn admit(&self, kept: &Kept, encoding: Encoding, encoded: Vec<u8>) -> Option<Variant> {
        let len = encoded.len() as u64;
        if len >= kept.body().len() as u64 {
            return None;
        }
        let room = |room: u64| room.checked_sub(len);
        self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).ok()?;
        let mut headers = kept.headers().clone();
        mark_encoded(&mut headers, encoding);
        // Of its exact size; the first clone makes it shared, and no hit has to look again.
        let body = Bytes::from(encoded.into_boxed_slice()).clone();
        Some(Variant { headers, body })
    }
}
