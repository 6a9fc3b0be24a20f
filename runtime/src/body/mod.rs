//! The bytes of a request or a response, whole or as a stream.
//!
//! A [`Body`] that is complete is a [`Bytes`] and costs nothing more; a stream is polled frame
//! by frame. hyper's own body is kept as it is, without a box.
//!
//! ```
//! use rutter::Body;
//!
//! let whole = Body::from("hello");
//! assert_eq!(whole.len(), Some(5));
//! assert!(Body::empty().is_empty());
//! ```
//!
//! The rules:
//! - a stream that panics or fails cuts the connection: the client sees a broken answer, never
//!   one that looks complete;
//! - a request's body is read through a [`BodySlot`], which holds it to the route's limit and
//!   gives up on a client that stops sending.

mod error;
mod from;
mod held;
mod open;
mod pieces;
mod reader;
mod slot;
mod stream;

use core::{
    any::Any,
    fmt,
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll, ready},
};
use std::panic::catch_unwind;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use tokio::io::AsyncRead;

use crate::{error::BoxError, work::UntilSent};

pub use error::BodyError;
pub(crate) use open::Open;
pub(crate) use pieces::Pieces;
pub use reader::BodyReader;
pub use slot::BodySlot;

use held::{Held, held};
use open::OpenBody;
use reader::Reading;
use stream::{AnyBody, Boxed, StreamBody};

/// The bytes of a request or a response.
pub struct Body(Kind);

enum Kind {
    Whole(Bytes),
    Incoming(Incoming),
    /// Every other stream, and what depends on the request it answers.
    Boxed(Pin<Box<dyn Boxed>>),
    /// A stream that panicked, failed or ended: it is never polled again.
    Done,
}

impl Body {
    /// A body of no bytes.
    pub const fn empty() -> Self {
        Body(Kind::Whole(Bytes::new()))
    }

    /// Any body of bytes; hyper's own is not boxed.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<BoxError>,
    {
        if body.is_end_stream() {
            return Body::empty();
        }
        let mut body = Some(body);
        // The one type that every request from hyper has is recognised, so that it needs no box.
        if let Some(incoming) = (&mut body as &mut dyn Any).downcast_mut::<Option<Incoming>>() {
            return Body(incoming.take().map_or(Kind::Done, Kind::Incoming));
        }
        if let Some(own) = (&mut body as &mut dyn Any).downcast_mut::<Option<Body>>() {
            return own.take().unwrap_or_default();
        }
        match body {
            Some(body) => Body(Kind::Boxed(Box::pin(AnyBody { body }))),
            None => Body::empty(),
        }
    }

    /// A body whose chunks come from a stream. An error cuts the connection.
    ///
    /// ```
    /// use rutter::{Body, BoxError};
    /// # use core::{pin::Pin, task::{Context, Poll}};
    /// # struct Lines(u8);
    /// # impl futures_core::Stream for Lines {
    /// #     type Item = Result<String, BoxError>;
    /// #     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
    /// #         self.0 += 1;
    /// #         Poll::Ready((self.0 < 3).then(|| Ok(format!("line {}\n", self.0))))
    /// #     }
    /// # }
    /// # let lines = Lines(0);
    /// let body = Body::stream(lines); // impl Stream<Item = Result<String, BoxError>>
    /// assert_eq!(body.len(), None);
    /// ```
    pub fn stream<S, D, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes>,
        E: Into<BoxError>,
    {
        Body(Kind::Boxed(Box::pin(StreamBody { stream })))
    }

    /// A body that is read from a file, a pipe or whatever else can be read. An error cuts the connection.
    ///
    /// ```
    /// use rutter::Body;
    ///
    /// let body = Body::from_reader(tokio::io::empty()); // impl AsyncRead
    /// assert_eq!(body.len(), None);
    /// ```
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Body::stream(Reading::new(reader))
    }

    /// The body as something that is read: `tokio::io::copy(&mut body.into_reader(), &mut file)`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use rutter::Body;
    /// use tokio::io::AsyncBufReadExt;
    ///
    /// let mut lines = Body::from("one\ntwo\n").into_reader().lines();
    /// assert_eq!(lines.next_line().await?.as_deref(), Some("one"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_reader(self) -> BodyReader {
        BodyReader::new(self)
    }

    /// Holds something until the connection has sent the last byte.
    pub(crate) fn hold(&mut self, until: UntilSent) {
        let body = core::mem::take(self);
        *self = match body.into_whole() {
            Ok(bytes) if !bytes.is_empty() => held(bytes, until).into(),
            Ok(_) => Body(Kind::Boxed(Box::pin(Held::new(Body::empty(), until)))),
            Err(body) => Body(Kind::Boxed(Box::pin(Held::new(body, until)))),
        };
    }

    /// A body that is settled once it is known which request it answers.
    pub(crate) fn open(body: impl Open) -> Self {
        Body(Kind::Boxed(Box::pin(OpenBody::new(body))))
    }

    /// What has yet to be settled; the body that is left is empty.
    #[inline]
    pub(crate) fn take_open(&mut self) -> Option<Box<dyn Open>> {
        match &mut self.0 {
            Kind::Boxed(body) => body.as_mut().take_open(),
            Kind::Whole(_) | Kind::Incoming(_) | Kind::Done => None,
        }
    }

    /// The number of bytes, where it is known before reading them.
    pub fn len(&self) -> Option<u64> {
        http_body::Body::size_hint(self).exact()
    }

    /// Whether the body is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        http_body::Body::is_end_stream(self)
    }

    /// The bytes, where they are all there already.
    pub(crate) fn into_whole(self) -> Result<Bytes, Body> {
        match self.0 {
            Kind::Whole(bytes) => Ok(bytes),
            Kind::Done => Ok(Bytes::new()),
            Kind::Boxed(mut body) => match body.as_mut().take_open() {
                Some(open) => open.alone().into_whole(),
                None => Err(Body(Kind::Boxed(body))),
            },
            Kind::Incoming(_) => Err(self),
        }
    }

    /// The next chunk of bytes; `None` at the end. Trailers are skipped.
    ///
    /// # Errors
    /// When the sender broke off, sent too much or sent nothing for too long.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BodyError>> {
        core::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BodyError;

    #[inline]
    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = match &mut self.0 {
            Kind::Done => return Poll::Ready(None),
            Kind::Whole(bytes) => {
                let bytes = core::mem::take(bytes);
                return Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))));
            }
            Kind::Incoming(body) => ready!(Pin::new(body).poll_frame(cx)).map(|frame| frame.map_err(BodyError::from)),
            Kind::Boxed(body) => {
                let polled = catch_unwind(AssertUnwindSafe(|| body.as_mut().poll_frame(cx)));
                match polled {
                    Ok(frame) => ready!(frame).map(|frame| frame.map_err(BodyError::from_source)),
                    Err(panic) => Some(Err(BodyError::from_panic(&*panic))),
                }
            }
        };
        if !matches!(frame, Some(Ok(_))) {
            self.0 = Kind::Done;
        }
        Poll::Ready(frame)
    }

    #[inline]
    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Done => true,
            Kind::Whole(bytes) => bytes.is_empty(),
            Kind::Incoming(body) => body.is_end_stream(),
            Kind::Boxed(body) => body.is_end_stream(),
        }
    }

    #[inline]
    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Done => SizeHint::with_exact(0),
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Incoming(body) => body.size_hint(),
            Kind::Boxed(body) => body.size_hint(),
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(http_body::Body::poll_frame(self.as_mut(), cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                Some(Ok(Err(_trailers))) => {}
            }
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Body::empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(len) => write!(f, "Body({len} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}
