//! Opening a file in one step on a thread that may block: its kind, its version, and all of it where it is small.

use core::fmt;
use std::{collections::VecDeque, fs, io, io::Read, path::Path, time::SystemTime};

use bytes::Bytes;
use cap_fs_ext::{OpenOptionsMaybeDirExt, OpenOptionsSyncExt};
use cap_std::{ambient_authority, fs::OpenOptions};
use http::HeaderValue;
use tokio::task::spawn_blocking;

use crate::{
    body::{Body, Pieces},
    file::{chunks::Chunks, refusal::not_there, validators},
    range::Piece,
    response::Source,
};

/// A file that is ready to be sent.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) contents: Contents,
    pub(super) etag: Option<HeaderValue>,
    pub(super) modified: Option<HeaderValue>,
}

/// The bytes of a file.
pub(super) enum Contents {
    /// All of them, because they are few: the file is closed again.
    Held(Bytes),
    /// To be read while they are sent.
    Open { file: fs::File, len: u64 },
}

/// Does what may wait for a disk on a thread that may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Opens whatever has this path.
pub(super) fn open(path: &Path) -> io::Result<fs::File> {
    let file = cap_std::fs::File::open_ambient_with(path, &options(), ambient_authority())?;
    Ok(file.into_std())
}

/// How everything is opened: to be read, and without waiting for somebody to open the other end of a pipe.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    // Windows opens a folder only on request: that it is one is told by what is open.
    options.read(true).maybe_dir(true);
    if cfg!(unix) {
        options.nonblock(true);
    }
    options
}

/// Makes an open file ready to be sent, if it is one.
pub(super) fn load(mut file: fs::File) -> io::Result<Loaded> {
    let metadata = file.metadata()?;
    // Of the open file, not of its path: that may lead to another one by now.
    if !metadata.is_file() {
        return Err(not_there());
    }
    let len = metadata.len();
    if len > SMALL {
        let (etag, modified) = validators::of(len, metadata.modified().ok(), SystemTime::now());
        return Ok(Loaded { contents: Contents::Open { file, len }, etag, modified });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    Read::by_ref(&mut file).take(len).read_to_end(&mut bytes)?;
    // Asked for after the reading: had it changed in between, the time would tell.
    let modified = file.metadata()?.modified().ok();
    let (etag, modified) = validators::of(bytes.len() as u64, modified, SystemTime::now());
    Ok(Loaded { contents: Contents::Held(bytes.into()), etag, modified })
}

impl Source for Contents {
    fn len(&self) -> u64 {
        match self {
            Contents::Held(bytes) => bytes.len() as u64,
            Contents::Open { len, .. } => *len,
        }
    }

    fn body(self, pieces: VecDeque<Piece>) -> Body {
        match self {
            Contents::Held(bytes) => Pieces::of(&bytes, pieces),
            Contents::Open { file, .. } => Body::new(Chunks::new(file, pieces)),
        }
    }
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// What is read at once: as much as a connection takes without waiting.
const SMALL: u64 = 64 * 1024;
