//! What a client is told when a file cannot be opened: nothing of the inside.

use std::io;

use crate::response::Problem;

/// A 404 for what is not there, a 500 for what failed; the log says why.
pub(super) fn refusal(error: &io::Error) -> Problem {
    if is_not_there(error) {
        return nothing();
    }
    tracing::error!(%error, "a file cannot be opened: answered with a 500");
    Problem::new(500)
}

/// The one answer to everything that cannot be had.
pub(super) fn nothing() -> Problem {
    Problem::not_found("there is no such file")
}

/// The error of what is there, but is no file.
pub(super) fn not_there() -> io::Error {
    io::ErrorKind::NotFound.into()
}

/// Whether an error says that nothing can be had at a path, rather than that the system failed.
pub(super) fn is_not_there(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound};

    matches!(error.kind(), NotFound | NotADirectory | IsADirectory | InvalidInput | InvalidFilename)
        || is_special(error)
}

/// A link that leads to itself, and what cannot be opened as a file: a socket, a device without a driver.
#[cfg(unix)]
fn is_special(error: &io::Error) -> bool {
    use rustix::io::Errno;

    let special = [Errno::LOOP, Errno::NXIO, Errno::NODEV].map(|errno| Some(errno.raw_os_error()));
    special.contains(&error.raw_os_error())
}

#[cfg(not(unix))]
fn is_special(_: &io::Error) -> bool {
    false
}
