//! The erased form of a handler: a function pointer from a request to an answer.

use core::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use stackfuture::StackFuture;

use crate::{body::BodySlot, extract::RequestHead, response::Response};

/// What `#[route]` turns a handler into.
pub type Endpoint = fn(Call) -> Answer;

/// A request on its way into a handler.
#[derive(Debug)]
pub struct Call {
    pub(crate) head: RequestHead,
    pub(crate) body: BodySlot,
}

impl Call {
    /// The two halves that extractors read.
    pub fn split(&mut self) -> (&RequestHead, &mut BodySlot) {
        (&self.head, &mut self.body)
    }
}

pin_project_lite::pin_project! {
    /// The answer of a handler, or the future that makes it.
    ///
    /// A handler that has nothing to wait for leaves no future. The future of one that waits lies
    /// inline unless it is larger than `INLINE` bytes: hyper keeps it in the connection's memory.
    #[project = AnswerProjection]
    #[allow(missing_docs)]
    pub enum Answer {
        Ready { response: Option<Response> },
        Run { #[pin] future: StackFuture<'static, Response, INLINE> },
    }
}

/// What a handler's glue ends with: the answer, or that of the extractor that refused.
pub type Outcome = Result<Response, Response>;

impl Answer {
    /// Runs the glue of a handler. With `READY` the macro and the extractors have shown that it
    /// never waits, so it is run here and now.
    pub fn of<const READY: bool>(glue: impl Future<Output = Outcome> + Send + 'static) -> Answer {
        if !READY {
            return Answer::run(async move { merge(glue.await) });
        }
        let mut cx = Context::from_waker(Waker::noop());
        match pin!(glue).poll(&mut cx) {
            Poll::Ready(outcome) => Answer::Ready { response: Some(merge(outcome)) },
            Poll::Pending => unreachable!("an extractor that is `READY` has waited"),
        }
    }

    pub(crate) fn run(future: impl Future<Output = Response> + Send + 'static) -> Answer {
        Answer::Run { future: StackFuture::from_or_box(future) }
    }

    /// Polls for the answer.
    pub(crate) fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Response> {
        match self.project() {
            AnswerProjection::Ready { response } => Poll::Ready(response.take().expect("an answer is polled until it is ready")),
            AnswerProjection::Run { future } => future.poll(cx),
        }
    }
}

fn merge(outcome: Outcome) -> Response {
    match outcome {
        Ok(response) | Err(response) => response,
    }
}

/// Room for a request's head (about 340 bytes), its body and the locals of a usual handler.
const INLINE: usize = 768;
