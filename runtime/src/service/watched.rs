//! The two sides of one HTTP/1.1 connection: the socket, and the application that is called for what it brings.

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
        chunks::Malformed,
        framing::{Framing, Known},
        leaving::Leaving,
        origins,
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
            Known::Malformed => {
                let refusal = RouteFuture::ready(malformed());
                self.watch(origins::without_slot(&self.app, &request, refusal), true)
            }
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

fn lock(framing: &Mutex<Framing>) -> MutexGuard<'_, Framing> {
    // What a panic leaves behind is still where the connection was.
    framing.lock().unwrap_or_else(PoisonError::into_inner)
}
