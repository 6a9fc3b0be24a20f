//! Why nothing could be measured.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::client::Answer;
use crate::exchange::Exchange;

/// Why nothing could be measured.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something there is not.
    Usage(String),
    /// This program, and so the servers beside it, is a debug build.
    Debug,
    /// There is no `valgrind` to start.
    Valgrind(io::Error),
    /// There is no such server beside this program.
    Missing { server: String, program: PathBuf },
    /// The server ended before it listened; with what it wrote last.
    Start { server: String, log: String },
    /// The server did not answer.
    Connection { server: String, exchange: &'static str, error: io::Error },
    /// The server gave another answer than it must.
    Answer { server: String, exchange: Box<Exchange>, answer: Answer },
    /// Callgrind wrote no dump when a connection was accepted.
    Dump { server: String },
    /// This process was asked to stop.
    Interrupted,
    /// A file of the measurement could not be written or read.
    File(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => write!(f, "{message}; `--help` lists the options"),
            Self::Debug => {
                write!(f, "a debug build says nothing about cost: add `--release` to the `cargo` command")
            }
            Self::Valgrind(error) => {
                write!(f, "`valgrind` does not start ({error}): install it, for example with `apt install valgrind`")
            }
            Self::Missing { server, program } => {
                let program = program.display();
                write!(f, "no server `{server}` at {program}: run `cargo build --release -p rutter-bench --bins`")
            }
            Self::Start { server, log } => {
                write!(f, "`{server}` ended before it listened: {}", log.trim())
            }
            Self::Connection { server, exchange, error } => {
                write!(f, "`{server}` did not answer `{exchange}`: {error}")
            }
            Self::Answer { server, exchange, answer } => {
                let Answer { status, content_type, headers, body } = answer;
                write!(f, "`{server}` answered `{}` with {status}, {content_type:?}, {body:?}", exchange.name)?;
                match exchange.body {
                    Some((content_type, body)) => {
                        write!(f, " instead of {}, {content_type:?}, {body:?}", exchange.status)
                    }
                    None => write!(f, " instead of {}", exchange.status),
                }?;
                match exchange.kept {
                    Some(kept) => {
                        write!(f, ", with the headers\n{headers}where hyper and rutter have\n{}", kept.headers)
                    }
                    None => Ok(()),
                }
            }
            Self::Dump { server } => {
                write!(f, "callgrind dumped nothing when `{server}` accepted a connection: does it call `accept4`?")
            }
            Self::Interrupted => write!(f, "interrupted"),
            Self::File(error) => write!(f, "a file of the measurement: {error}"),
        }
    }
}

impl Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}
