//! The answer on its way: ready, or made by a handler that waits.

use core::{
    any::Any,
    convert::Infallible,
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use std::panic::catch_unwind;

use http::{HeaderValue, header::CONTENT_LENGTH};
use tokio::time::{Sleep, sleep};

use crate::{
    body::Body,
    error::panic_text,
    response::{IntoResponse, Problem, Response},
    route::{Answer, Methods},
};

/// The answer on its way: what [`RouteService`](crate::RouteService) returns to hyper.
#[must_use = "an answer is sent only when it is awaited"]
pub struct RouteFuture {
    answer: Option<Answer>,
    finish: Finish,
    timer: Option<Pin<Box<Sleep>>>,
}

/// What is done to every answer before it is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finish {
    /// The request was HEAD (RFC 9110 §9.3.2).
    pub(super) without_body: bool,
}

impl RouteFuture {
    pub(super) fn ready(response: Response) -> Self {
        Finish { without_body: false }.ready(response)
    }

    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        self.timer.as_mut().is_some_and(|timer| timer.as_mut().poll(cx).is_ready())
    }
}

impl Finish {
    pub(super) fn of(method: Methods) -> Self {
        Finish { without_body: method == Methods::HEAD }
    }

    pub(super) fn ready(self, response: Response) -> RouteFuture {
        self.answer(Answer::Ready(response), None)
    }

    #[inline]
    pub(super) fn answer(self, answer: Answer, timeout: Option<Duration>) -> RouteFuture {
        let timer = match answer {
            Answer::Run(_) => timeout.map(|timeout| Box::pin(sleep(timeout))),
            Answer::Ready(_) => None,
        };
        RouteFuture { answer: Some(answer), finish: self, timer }
    }

    fn apply(self, mut response: Response) -> Response {
        if self.without_body {
            drop_body(&mut response);
        }
        response
    }
}

impl Future for RouteFuture {
    type Output = Result<Response, Infallible>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let response = match this.answer.take().expect("an answer is not polled after it is there") {
            Answer::Ready(response) => response,
            Answer::Run(mut future) => match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                Ok(Poll::Ready(response)) => response,
                Ok(Poll::Pending) if this.is_late(cx) => too_slow(),
                Ok(Poll::Pending) => {
                    this.answer = Some(Answer::Run(future));
                    return Poll::Pending;
                }
                Err(panic) => panicked(&*panic),
            },
        };
        Poll::Ready(Ok(this.finish.apply(response)))
    }
}

/// The answer when a handler or an extractor panics.
pub(super) fn panicked(panic: &(dyn Any + Send)) -> Response {
    tracing::error!(panic = panic_text(panic), "a handler panicked: answered with a 500");
    Problem::new(500).into_response()
}

fn too_slow() -> Response {
    Problem::new(503).detail("the answer took too long").into_response()
}

/// Says how long the body would be and does not send it.
fn drop_body(response: &mut Response) {
    let body = core::mem::take(response.body_mut());
    if let (Some(len), false) = (body.len(), response.headers().contains_key(CONTENT_LENGTH)) {
        // RFC 9110 §8.6: none with 1xx and 204; a 304 and an empty 200 may say it.
        if !response.status().is_informational() && response.status() != http::StatusCode::NO_CONTENT {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(len));
        }
    }
    *response.body_mut() = Body::empty();
}
