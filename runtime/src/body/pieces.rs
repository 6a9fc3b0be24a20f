//! Pieces of what is in memory, one after the other.

use core::{
    pin::Pin,
    task::{Context, Poll},
};
use std::collections::VecDeque;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{body::Body, error::BoxError, range::Piece};

/// Pieces of what is in memory; nothing of it is copied.
pub(crate) struct Pieces(VecDeque<Bytes>);

impl Pieces {
    /// A body of these pieces of the whole.
    pub(crate) fn of(whole: &Bytes, pieces: VecDeque<Piece>) -> Body {
        let mut bytes: VecDeque<Bytes> = pieces.into_iter().map(|piece| cut(whole, piece)).collect();
        match bytes.len() {
            0 | 1 => bytes.pop_front().unwrap_or_default().into(),
            _ => Body::new(Pieces(bytes)),
        }
    }
}

fn cut(whole: &Bytes, piece: Piece) -> Bytes {
    match piece {
        Piece::Text(text) => text,
        Piece::Slice(range) => {
            let at = |place: u64| usize::try_from(place).expect("a place in memory");
            whole.slice(at(range.start)..at(range.end))
        }
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.pop_front().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.iter().map(|bytes| bytes.len() as u64).sum())
    }
}
