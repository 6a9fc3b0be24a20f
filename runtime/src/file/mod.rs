//! Files as answers: one that the program names, or any below a folder.
//!
//! A [`File`] is sent with its type, its length and what tells one version from another; conditions and ranges of the
//! request are answered (RFC 9110 §13, §14). A [`Directory`] opens files below a folder for a catch-all, and nothing else.
//!
//! ```no_run
//! use std::sync::LazyLock;
//!
//! use rutter::prelude::*;
//!
//! #[route(GET, "/logo")]
//! async fn logo() -> Result<File, Problem> {
//!     File::open("assets/logo.svg").await
//! }
//!
//! #[route(GET, "/docs/[...path]")]
//! async fn docs(path: Segments<'_>, docs: State<Directory>) -> Result<File, Problem> {
//!     docs.open(path).await
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> rutter::Result<()> {
//! let app = rutter::routes![logo, docs].state(Directory::new("docs")?.extension("html")).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! The rules:
//! - no worker thread waits for a disk: files are opened and read on Tokio's threads for what blocks;
//! - a small file is read at once, a large one in chunks: one is sent while the next is read, so that a slow client holds
//!   two of them in memory, whatever the size of the file;
//! - the length that was announced is what is sent. A file that has become longer is cut there, for one that has become
//!   shorter the connection is cut;
//! - what is not there, a folder, a pipe, a socket and a device are one and the same 404, which names no path. Every other
//!   error is a 500, and the log says why;
//! - a file is never kept by the [cache](crate::cache): the system keeps its pages already.

mod answer;
mod chunks;
mod directory;
mod load;
mod lookup;
mod media_type;
mod names;
mod path;
mod refusal;
mod validators;

pub use answer::File;
pub use directory::{Directory, Symlinks};
pub use path::FilePath;
