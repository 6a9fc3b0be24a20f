//! Chunked bodies are held to the letter of their framing, which hyper reads leniently.
//!
//! hyper takes `5 \r\n` and `5;\r\n` for a chunk of five bytes. Where a front reads such a line in
//! another way, the two disagree about where the next request begins, and a client can hide a
//! request in a body. So what arrives is looked at a second time: [`Watched`] keeps a copy of what
//! was read last, and when hyper has found a chunked request in it, [`Watching`] finds the body
//! behind the same head and follows it with [`Chunks`].
//!
//! A malformed body that has arrived is a 400; one that arrives later breaks off. Where the head
//! cannot be found again, because it came in pieces, the body is taken as hyper reads it, and the
//! connection ends with the answer: nothing behind it becomes a request.

use core::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{Request, Version, header::TRANSFER_ENCODING};
use hyper::{
    body::{Body as _, Incoming},
    service::Service,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use crate::{
    ending::Ending,
    response::{IntoResponse, Problem, Response},
    service::{
        RouteFuture, RouteService,
        chunks::{Chunks, Malformed},
        leaving::Leaving,
        wire::close,
    },
};

/// The two sides of one connection.
pub(super) fn watched(stream: TcpStream, app: RouteService, leaving: &Leaving) -> (Watched, Watching) {
    let framing = Arc::new(Mutex::new(Framing::default()));
    let watched = Watched { stream, framing: Arc::clone(&framing), leaving: leaving.clone() };
    (watched, Watching { app, framing, leaving: leaving.clone() })
}

/// A socket that sees what is read from it.
pub(super) struct Watched {
    stream: TcpStream,
    framing: Arc<Mutex<Framing>>,
    leaving: Leaving,
}

/// An application that learns of each chunked body.
pub(super) struct Watching {
    app: RouteService,
    framing: Arc<Mutex<Framing>>,
    leaving: Leaving,
}

/// Where in a connection's bytes we are.
#[derive(Debug, Default)]
struct Framing {
    /// A copy of what was read last.
    read: Vec<u8>,
    /// The address that hyper has it at: header values are slices of that memory.
    address: usize,
    /// The chunked body that is arriving.
    body: Option<Chunks>,
}

/// What is known of a chunked body when its head has arrived.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    /// Nothing: its head did not come in one piece.
    Nothing,
    /// What has arrived is as it should be, and the rest will be looked at.
    Followed,
    /// What has arrived is malformed.
    Malformed,
}

impl Framing {
    /// Looks at what was read.
    fn see(&mut self, mut bytes: &[u8]) -> Result<(), Malformed> {
        self.read.clear();
        if let Some(body) = &mut self.body {
            bytes = body.read(bytes)?;
            if !body.is_complete() {
                return Ok(());
            }
            self.body = None;
        }
        self.address = bytes.as_ptr().addr();
        // Nearly all reads are a GET, which has no body to look for.
        if bytes.first() != Some(&b'G') && bytes.len() <= MOST_KEPT {
            self.read.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Finds the head that this value stands in, and follows the body after it.
    fn follow(&mut self, value: &[u8]) -> Known {
        let Some(body) = self.after_head(value) else { return Known::Nothing };
        let mut chunks = Chunks::default();
        if chunks.read(body).is_err() {
            return Known::Malformed;
        }
        if !chunks.is_complete() {
            self.body = Some(chunks);
        }
        Known::Followed
    }

    fn after_head(&self, value: &[u8]) -> Option<&[u8]> {
        let at = value.as_ptr().addr().checked_sub(self.address)?;
        let mut rest = self.read.get(at..).filter(|rest| !value.is_empty() && rest.starts_with(value))?;
        // Lines may end without a CR in heads (RFC 9112 §2.2).
        while !matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]) {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            rest = &rest[end + 1..];
        }
        rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))
    }
}

/// hyper's read buffer grows beyond this only for long heads and bodies.
const MOST_KEPT: usize = 64 * 1024;

fn lock(framing: &Mutex<Framing>) -> MutexGuard<'_, Framing> {
    // What a panic leaves behind is still where the connection was.
    framing.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service<Request<Incoming>> for Watching {
    type Response = Response;
    type Error = Infallible;
    type Future = Watch;

    fn call(&self, request: Request<Incoming>) -> Watch {
        self.leaving.called(request.version());
        let body = request.body();
        if body.is_end_stream() || body.size_hint().exact().is_some() {
            return self.watch(self.app.call(request), false);
        }
        let value = request.headers().get(TRANSFER_ENCODING).map_or(&b""[..], |value| value.as_bytes());
        match lock(&self.framing).follow(value) {
            Known::Followed => self.watch(self.app.call(request), false),
            Known::Nothing => self.watch(self.app.call(request), true),
            Known::Malformed => self.watch(RouteFuture::ready(malformed()), true),
        }
    }
}

impl Watching {
    /// At the application's end each answer is the last one, whenever its request has come.
    fn watch(&self, answer: RouteFuture, last: bool) -> Watch {
        let (ending, leaving) = (&self.app.shared.app.ending, self.leaving.clone());
        if answer.waits() {
            return Watch { answer, last, ending: Some(ending.clone()), leaving };
        }
        Watch { answer, last: last || ending.has_begun(), ending: None, leaving }
    }
}

#[cold]
fn malformed() -> Response {
    Problem::new(400).detail("the chunks of the body are malformed").into_response()
}

/// An answer on its way.
pub(super) struct Watch {
    answer: RouteFuture,
    /// Whether the connection ends with it.
    last: bool,
    /// What may begin until it is there.
    ending: Option<Ending>,
    leaving: Leaving,
}

impl Future for Watch {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(Pin::new(&mut self.answer).poll(cx));
        let last = self.last || self.ending.as_ref().is_some_and(Ending::has_begun);
        Poll::Ready(answer.map(|mut response| {
            if response.body().len().is_none() {
                self.leaving.streams();
            }
            if last {
                close(&mut response, Version::HTTP_11);
            }
            response
        }))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.leaving.part(&self.stream);
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        self.leaving.read(read.is_ready());
        ready!(read)?;
        let seen = lock(&self.framing).see(&buffer.filled()[before..]);
        Poll::Ready(seen.map_err(|Malformed| io::Error::new(io::ErrorKind::InvalidData, "malformed chunks")))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.leaving.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";

    fn seen(bytes: &[u8]) -> Framing {
        let mut framing = Framing::default();
        framing.see(bytes).expect("no body yet");
        framing
    }

    /// The value as hyper has it: a slice of what was read.
    fn value(bytes: &[u8]) -> &[u8] {
        let at = bytes.windows(7).rposition(|window| window == b"chunked").expect("a value");
        &bytes[at..at + 7]
    }

    #[test]
    fn a_body_is_found_behind_its_own_head() {
        for (before, after, expected) in [
            (&b""[..], &b"5\r\nhello\r\n0\r\n\r\n"[..], Known::Followed),
            (b"", b"", Known::Followed),
            (b"", b"5 \r\nhello\r\n0\r\n\r\n", Known::Malformed),
            (b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\n5 \r", b"0\r\n\r\n", Known::Followed),
            (b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n0\r\n\r\n", b"5 \r\nhello\r\n0\r\n\r\n", Known::Malformed),
        ] {
            let bytes = [before, HEAD, after].concat();
            assert_eq!(seen(&bytes).follow(value(&bytes)), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn lines_of_a_head_may_end_without_a_cr() {
        for end in ["\r\n\r\n", "\n\n", "\n\r\n", "\r\n\n", "\r\na: b\n\r\n"] {
            let bytes = format!("POST / HTTP/1.1\ntransfer-encoding: chunked{end}5 \r\n");
            assert_eq!(seen(bytes.as_bytes()).follow(value(bytes.as_bytes())), Known::Malformed, "{end:?}");
        }
    }

    #[test]
    fn a_head_that_came_in_pieces_is_not_found() {
        let (first, second) = HEAD.split_at(HEAD.len() - 10);
        let mut framing = seen(first);
        framing.see(second).expect("no body yet");
        assert_eq!(framing.follow(value(HEAD)), Known::Nothing);
        let elsewhere = HEAD.to_vec();
        assert_eq!(seen(HEAD).follow(value(&elsewhere)), Known::Nothing);
        let get = [b"GET / HTTP/1.1\r\n\r\n", HEAD].concat();
        assert_eq!(seen(&get).follow(value(&get)), Known::Nothing);
    }

    #[test]
    fn a_body_is_followed_through_the_reads_it_arrives_in() {
        let mut framing = seen(HEAD);
        assert_eq!(framing.follow(value(HEAD)), Known::Followed);
        assert_eq!(framing.see(b"5\r\nhel"), Ok(()));
        assert_eq!(framing.see(b"lo\r\n"), Ok(()));
        assert_eq!(framing.see(b"5 \r\n"), Err(Malformed));
    }

    #[test]
    fn what_follows_a_body_may_be_the_next_head() {
        let mut framing = seen(HEAD);
        assert_eq!(framing.follow(value(HEAD)), Known::Followed);
        let next = [b"0\r\n\r\n", HEAD, b"5;\r\n"].concat();
        assert_eq!(framing.see(&next), Ok(()));
        assert_eq!(framing.follow(value(&next)), Known::Malformed);
    }
}
