//! Other crates' streams and bodies as a body of `Bytes`.

use core::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use crate::{body::Open, error::BoxError};

/// A body behind a box.
pub(super) trait Boxed: http_body::Body<Data = Bytes, Error = BoxError> + Send {
    /// What has yet to be settled for the request.
    fn take_open(self: Pin<&mut Self>) -> Option<Box<dyn Open>> {
        None
    }
}

impl<S, D, E> Boxed for StreamBody<S>
where
    S: Stream<Item = Result<D, E>> + Send,
    D: Into<Bytes>,
    E: Into<BoxError>,
{
}

impl<B> Boxed for AnyBody<B>
where
    B: http_body::Body + Send,
    B::Error: Into<BoxError>,
{
}

pin_project_lite::pin_project! {
    /// A stream of chunks as a body of unknown length.
    pub(super) struct StreamBody<S> {
        #[pin]
        pub(super) stream: S,
    }
}

impl<S, D, E> http_body::Body for StreamBody<S>
where
    S: Stream<Item = Result<D, E>>,
    D: Into<Bytes>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let chunk = self.project().stream.poll_next(cx);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(|data| Frame::data(data.into())).map_err(Into::into)))
    }
}

pin_project_lite::pin_project! {
    /// A body of another data or error type.
    pub(super) struct AnyBody<B> {
        #[pin]
        pub(super) body: B,
    }
}

impl<B> http_body::Body for AnyBody<B>
where
    B: http_body::Body,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = self.project().body.poll_frame(cx);
        frame.map(|frame| frame.map(|frame| frame.map(|frame| frame.map_data(whole)).map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// For a `Bytes` this moves it, for other buffers it copies.
fn whole(mut data: impl Buf) -> Bytes {
    data.copy_to_bytes(data.remaining())
}
