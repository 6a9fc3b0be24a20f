//! A file that is read while it is sent.

use core::{
    future::Future,
    ops::Range,
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::{
    collections::VecDeque,
    fs, io,
    io::{Read, Seek, SeekFrom},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::{error::BoxError, range::Piece};

/// Pieces of a file. While one chunk is sent, the next one is read.
pub(super) struct Chunks {
    pieces: VecDeque<Piece>,
    reader: Reader,
    left: u64,
}

enum Reader {
    Idle(fs::File),
    Reading(JoinHandle<io::Result<(fs::File, Bytes)>>),
    /// The file is closed: nothing more comes of it.
    Closed,
}

impl Chunks {
    pub(super) fn new(file: fs::File, pieces: VecDeque<Piece>) -> Self {
        let left = pieces.iter().map(Piece::len).sum();
        Chunks { pieces, reader: Reader::Idle(file), left }
    }

    /// Begins to read the next chunk, where one is next.
    fn begin(&mut self) {
        let Some(Piece::Slice(rest)) = self.pieces.front_mut() else { return };
        let chunk = rest.start..rest.end.min(rest.start + CHUNK);
        rest.start = chunk.end;
        if rest.is_empty() {
            self.pieces.pop_front();
        }
        self.reader = match core::mem::replace(&mut self.reader, Reader::Closed) {
            Reader::Idle(file) => Reader::Reading(spawn_blocking(move || read(file, &chunk))),
            other => other,
        };
    }
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let (Reader::Idle(_), Some(Piece::Slice(_))) = (&this.reader, this.pieces.front()) {
            this.begin();
        }
        let bytes = match &mut this.reader {
            Reader::Reading(task) => {
                let read = ready!(Pin::new(task).poll(cx));
                this.reader = Reader::Closed;
                let (file, bytes) = read??;
                this.reader = Reader::Idle(file);
                this.begin();
                bytes
            }
            Reader::Idle(_) | Reader::Closed => match this.pieces.pop_front() {
                Some(Piece::Text(text)) => text,
                _ => return Poll::Ready(None),
            },
        };
        this.left -= bytes.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Reads this part of a file, all of it: its length is announced already.
fn read(mut file: fs::File, part: &Range<u64>) -> io::Result<(fs::File, Bytes)> {
    file.seek(SeekFrom::Start(part.start))?;
    let len = part.end - part.start;
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    Read::by_ref(&mut file).take(len).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < len {
        tracing::error!("a file became shorter while it was sent: its connection is cut");
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((file, bytes.into()))
}

/// Large enough that the way to the other thread and back costs little beside the reading, small enough that the allocator
/// has it at hand: 128 KiB, from which on it asks the system each time, were half as fast.
const CHUNK: u64 = 64 * 1024;
