//! A body read as a file is: `AsyncRead`, and a reader sent as a body.

use core::{
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::io;

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use crate::body::{Body, BodyError};

/// A body read as a file is: what [`Body::into_reader`] returns.
///
/// An error of the body is an [`io::Error`] with the [`BodyError`] inside, which `?` turns into the answer that the
/// client is due (413, 408 or 400).
#[derive(Debug)]
pub struct BodyReader {
    body: Body,
    /// What has come and has not been read.
    rest: Bytes,
}

impl BodyReader {
    pub(super) fn new(body: Body) -> Self {
        BodyReader { body, rest: Bytes::new() }
    }
}

impl AsyncBufRead for BodyReader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.rest.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_next(cx)).transpose()? {
                Some(bytes) => this.rest = bytes,
                None => break,
            }
        }
        Poll::Ready(Ok(&this.rest))
    }

    fn consume(mut self: Pin<&mut Self>, read: usize) {
        self.rest.advance(read);
    }
}

impl AsyncRead for BodyReader {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let there = ready!(self.as_mut().poll_fill_buf(cx))?;
        let taken = there.len().min(buffer.remaining());
        buffer.put_slice(&there[..taken]);
        self.consume(taken);
        Poll::Ready(Ok(()))
    }
}

pin_project_lite::pin_project! {
    /// What a reader gives, piece by piece.
    pub(super) struct Reading<R> {
        #[pin]
        reader: R,
        room: BytesMut,
    }
}

impl<R> Reading<R> {
    pub(super) fn new(reader: R) -> Self {
        Reading { reader, room: BytesMut::new() }
    }
}

impl<R: AsyncRead> Stream for Reading<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.project();
        // Zeroed once: what has been sent leaves the rest of the room behind.
        if this.room.is_empty() {
            this.room.resize(PIECE, 0);
        }
        let mut buffer = ReadBuf::new(this.room);
        ready!(this.reader.poll_read(cx, &mut buffer))?;
        let read = buffer.filled().len();
        Poll::Ready((read > 0).then(|| Ok(this.room.split_to(read).freeze())))
    }
}

const PIECE: usize = 16 * 1024;

impl From<BodyError> for io::Error {
    fn from(error: BodyError) -> Self {
        let kind = match error {
            BodyError::TooLarge { .. } => io::ErrorKind::FileTooLarge,
            BodyError::Idle { .. } => io::ErrorKind::TimedOut,
            BodyError::Broken(_) => io::ErrorKind::ConnectionAborted,
            BodyError::Panicked | BodyError::Taken => io::ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}
