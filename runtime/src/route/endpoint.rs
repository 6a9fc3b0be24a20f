//! The erased form of a handler: a function pointer from a request to an answer.

use core::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use crate::{
    body::{BodyError, BodySlot},
    extract::{Request, RequestHead},
    response::Response,
};

/// What `#[route]` turns a handler into.
pub type Endpoint = fn(&mut Slot) -> Answer;

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

    /// The whole request, its body held to the limits.
    pub(crate) fn into_request(mut self) -> Result<Request, BodyError> {
        Ok(Request::from_parts(self.head.take_parts(), self.body.take()?))
    }
}

/// The place of a call: an endpoint that never waits reads it where it lies, one that waits
/// takes it along. Half a kilobyte is then moved once, or not at all.
#[derive(Debug)]
pub struct Slot(pub(crate) Option<Call>);

impl Slot {
    /// The call, where it lies.
    ///
    /// # Panics
    /// When it has been taken.
    pub fn call(&mut self) -> &mut Call {
        self.0.as_mut().expect(TAKEN)
    }

    /// The call, to be taken along.
    ///
    /// # Panics
    /// When it has been taken.
    pub fn take(&mut self) -> Call {
        self.0.take().expect(TAKEN)
    }
}

const TAKEN: &str = "an endpoint uses its slot once";

/// The answer of a handler, or the future that makes it.
pub enum Answer {
    /// The handler has nothing to wait for: there is no future.
    Ready(Response),
    /// The handler waits.
    // Boxed: inline it would make this type, which is moved several times on its way to the
    // connection, a kilobyte large. Measured: about 350 instructions more for every request, and
    // no gain for one that waits.
    Run(Pin<Box<dyn Future<Output = Response> + Send>>),
}

/// What a handler's glue ends with: the answer, or that of the extractor that refused.
pub type Outcome = Result<Response, Response>;

impl Answer {
    /// Runs the glue of a handler here and now: the macro and the extractors have shown that it
    /// never waits.
    #[inline]
    pub fn now(glue: impl Future<Output = Outcome>) -> Answer {
        let mut cx = Context::from_waker(Waker::noop());
        match pin!(glue).poll(&mut cx) {
            Poll::Ready(outcome) => Answer::Ready(merge(outcome)),
            Poll::Pending => unreachable!("an extractor that is `READY` has waited"),
        }
    }

    /// Keeps the glue of a handler to be polled.
    pub fn later(glue: impl Future<Output = Response> + Send + 'static) -> Answer {
        Answer::Run(Box::pin(glue))
    }
}

/// The answer, whoever gives it.
pub fn merge(outcome: Outcome) -> Response {
    match outcome {
        Ok(response) | Err(response) => response,
    }
}
