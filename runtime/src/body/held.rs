//! A body that holds something until the connection has sent the last of its bytes.

use core::{
    pin::Pin,
    task::{Context, Poll},
};
use std::sync::Arc;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{
    body::{Body, stream::Boxed},
    error::BoxError,
    work::UntilSent,
};

/// A body that holds something until the connection has sent the last of its bytes.
///
/// Its drop says only that the connection has taken everything, which a slow client may still be waiting for. So each
/// piece holds it as well: the connection lets go of a piece once the socket has it.
pub(super) struct Held {
    body: Body,
    until: Arc<UntilSent>,
}

impl Held {
    pub(super) fn new(body: Body, until: UntilSent) -> Self {
        Held { body, until: Arc::new(until) }
    }
}

/// The same for bytes that are all there.
pub(super) fn held(bytes: Bytes, until: UntilSent) -> Bytes {
    Bytes::from_owner(Piece { bytes, _until: Arc::new(until) })
}

struct Piece {
    bytes: Bytes,
    _until: Arc<UntilSent>,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Boxed for Held {}

impl http_body::Body for Held {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let until = Arc::clone(&self.until);
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        frame
            .map_ok(|frame| frame.map_data(|bytes| Bytes::from_owner(Piece { bytes, _until: until })))
            .map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
