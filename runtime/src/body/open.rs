//! Bodies that depend on the request they answer: files with ranges, streams that end with the application.

use core::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{
    app::Known,
    body::{Body, stream::Boxed},
    error::BoxError,
};

/// A body that depends on the request it answers, which a handler's value does not know when it is made.
pub(crate) trait Open: Send + 'static {
    /// Settles on a body and on the head that goes with it. The body that `answer` has is empty.
    fn settle(self: Box<Self>, known: &Known<'_>, answer: &mut http::Response<Body>);

    /// The whole of it, where nothing is known of a request.
    fn alone(self: Box<Self>) -> Body;

    /// The number of bytes of the whole, where it is known.
    fn len(&self) -> Option<u64>;
}

/// A body that has yet to be settled. Read without that, it is the whole.
pub(super) struct OpenBody {
    open: Option<Box<dyn Open>>,
    whole: Body,
}

impl OpenBody {
    pub(super) fn new(open: impl Open) -> Self {
        OpenBody { open: Some(Box::new(open)), whole: Body::empty() }
    }
}

impl Boxed for OpenBody {
    fn take_open(self: Pin<&mut Self>) -> Option<Box<dyn Open>> {
        self.get_mut().open.take()
    }
}

impl http_body::Body for OpenBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        if let Some(open) = this.open.take() {
            this.whole = open.alone();
        }
        Pin::new(&mut this.whole).poll_frame(cx).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.open.as_ref().map_or_else(|| self.whole.is_empty(), |open| open.len() == Some(0))
    }

    fn size_hint(&self) -> SizeHint {
        match &self.open {
            Some(open) => open.len().map_or_else(SizeHint::default, SizeHint::with_exact),
            None => self.whole.size_hint(),
        }
    }
}
