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

use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};
use tokio::time::{Sleep, sleep};

#[cfg(feature = "compression")]
use crate::compression::{Encoding, Wish};
use crate::{
    body::Body,
    cors::Grant,
    error::panic_text,
    response::{IntoResponse, Problem, Response},
    route::{Answer, Methods},
    service::cached::Expiry,
    work::UntilSent,
};

/// The answer on its way: what [`RouteService`](crate::RouteService) returns to hyper.
#[must_use = "an answer is sent only when it is awaited"]
pub struct RouteFuture {
    answer: Option<Answer>,
    finish: Finish,
    // One box for what few answers have: each field is looked at for each answer.
    more: Option<Box<More>>,
}

/// What goes along with a handler that waits.
#[derive(Default)]
struct More {
    timer: Option<Pin<Box<Sleep>>>,
    expiry: Option<Expiry>,
    until_sent: Option<UntilSent>,
    grant: Option<Grant>,
}

/// What is done to every answer before it is sent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Finish {
    /// The request was HEAD (RFC 9110 §9.3.2).
    without_body: bool,
    /// The answer is framed by its body already.
    is_framed: bool,
    /// How the client takes answers, where they are compressed.
    #[cfg(feature = "compression")]
    wish: Option<Wish>,
}

impl RouteFuture {
    pub(super) fn ready(response: Response) -> Self {
        Finish::default().ready(response)
    }

    /// Whether the answer has yet to be made.
    #[cfg(feature = "server")]
    #[inline]
    pub(super) fn waits(&self) -> bool {
        matches!(self.answer, Some(Answer::Run(_)))
    }

    /// The same, with something to do once the handler has answered.
    pub(super) fn expiry(mut self, expiry: Expiry) -> Self {
        self.more.get_or_insert_default().expiry = Some(expiry);
        self
    }

    /// The same, with what waits until the answer has been sent.
    pub(super) fn until_sent(mut self, until: UntilSent) -> Self {
        if let Some(Answer::Ready(response)) = &mut self.answer {
            self.finish.apply(response);
            self.finish = Finish::default().framed();
            until.answered(response.status());
            hold(response, until);
        } else {
            self.more.get_or_insert_default().until_sent = Some(until);
        }
        self
    }

    /// The same, saying to other origins what they are granted.
    pub(super) fn granting(mut self, grant: Option<Grant>) -> Self {
        let Some(grant) = grant else { return self };
        if let Some(Answer::Ready(response)) = &mut self.answer {
            // Before it, because an answer that cannot be sent is replaced there.
            self.finish.apply(response);
            self.finish = Finish::default().framed();
            grant.apply(response.headers_mut());
        } else {
            self.more.get_or_insert_default().grant = Some(grant);
        }
        self
    }

    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let timer = self.more.as_mut().and_then(|more| more.timer.as_mut());
        timer.is_some_and(|timer| timer.as_mut().poll(cx).is_ready())
    }
}

impl Finish {
    pub(super) fn of(method: Methods) -> Self {
        Finish { without_body: method == Methods::HEAD, ..Finish::default() }
    }

    /// The same, for an answer whose status and headers agree with its body.
    pub(super) fn framed(self) -> Self {
        Finish { is_framed: true, ..self }
    }

    /// The same, for a client whose wish is known.
    #[cfg(feature = "compression")]
    #[inline]
    pub(super) fn wishing(self, wish: Wish) -> Self {
        Finish { wish: Some(wish), ..self }
    }

    /// What a kept answer is sent as.
    #[cfg(feature = "compression")]
    #[inline]
    pub(super) fn encoding(self) -> Option<Encoding> {
        self.wish.and_then(Wish::encoding)
    }

    pub(super) fn ready(self, response: Response) -> RouteFuture {
        self.answer(Answer::Ready(response), None)
    }

    #[inline]
    pub(super) fn answer(self, answer: Answer, timeout: Option<Duration>) -> RouteFuture {
        // In two arms, so that of a future only its pointer is moved and not the room for an answer.
        match answer {
            Answer::Ready(_) => RouteFuture { answer: Some(answer), finish: self, more: None },
            Answer::Run(future) => {
                let more = timeout.map(|timeout| More { timer: Some(Box::pin(sleep(timeout))), ..More::default() });
                RouteFuture { answer: Some(Answer::Run(future)), finish: self, more: more.map(Box::new) }
            }
        }
    }

    #[inline]
    fn apply(self, response: &mut Response) {
        if !self.is_framed {
            self.form(response);
        }
        if self.without_body {
            drop_body(response);
        }
    }

    /// What is done to an answer that is not kept, while it has its body.
    #[inline]
    pub(super) fn form(self, response: &mut Response) {
        self.frame(response);
        #[cfg(feature = "compression")]
        if let Some(wish) = self.wish {
            wish.apply(response, self.without_body);
        }
    }

    #[inline]
    fn frame(self, response: &mut Response) {
        if !may_have_body(response.status()) {
            without_body(response);
        }
        let framed = |name: &HeaderName| *name == CONTENT_LENGTH || *name == TRANSFER_ENCODING;
        if response.headers().keys().any(framed) {
            self.frame_by_body(response);
        }
    }

    /// How an answer is framed is decided by its body: a length that a handler has taken over from
    /// somewhere else would let the rest of the body pass for the next answer.
    #[cold]
    fn frame_by_body(self, response: &mut Response) {
        response.headers_mut().remove(TRANSFER_ENCODING);
        // RFC 9110 §8.6: with HEAD and 304 it is the length of an answer that is not sent.
        let of_another = self.without_body || response.status() == StatusCode::NOT_MODIFIED;
        // The length of a stream is not known here; hyper holds the stream to it.
        if !of_another && response.body().len().is_some() {
            response.headers_mut().remove(CONTENT_LENGTH);
        }
    }
}

impl Future for RouteFuture {
    type Output = Result<Response, Infallible>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if let Some(Answer::Run(future)) = &mut this.answer {
            let mut response = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                Ok(Poll::Ready(response)) => {
                    if let Some(expiry) = this.more.as_mut().and_then(|more| more.expiry.take()) {
                        expiry.apply(&response);
                    }
                    response
                }
                Ok(Poll::Pending) if this.is_late(cx) => too_slow(),
                Ok(Poll::Pending) => return Poll::Pending,
                Err(panic) => panicked(&*panic),
            };
            this.answer = None;
            this.finish.apply(&mut response);
            if let Some(more) = &mut this.more {
                more.apply(&mut response);
            }
            return Poll::Ready(Ok(response));
        }
        // It is finished where it lies: a move costs as much as all that is done to it.
        if let Some(Answer::Ready(response)) = &mut this.answer {
            this.finish.apply(response);
        }
        match this.answer.take() {
            Some(Answer::Ready(response)) => Poll::Ready(Ok(response)),
            _ => unreachable!("an answer is not polled after it is there"),
        }
    }
}

impl More {
    /// What is done to an answer that has been made and finished.
    fn apply(&mut self, response: &mut Response) {
        if let Some(grant) = self.grant.take() {
            grant.apply(response.headers_mut());
        }
        if let Some(until) = self.until_sent.take() {
            until.answered(response.status());
            hold(response, until);
        }
    }
}

/// Lets the body hold what waits until the answer has been sent, where anybody waits.
fn hold(response: &mut Response, until: UntilSent) {
    if until.is_awaited() {
        response.body_mut().hold(until);
    }
}

/// The answer when a handler or an extractor panics.
pub(super) fn panicked(panic: &(dyn Any + Send)) -> Response {
    tracing::error!(panic = panic_text(panic), "a handler panicked: answered with a 500");
    failed()
}

/// The answer when there is none.
pub(super) fn failed() -> Response {
    Problem::new(500).into_response()
}

pub(super) fn too_slow() -> Response {
    Problem::new(503).detail("the answer took too long").into_response()
}

/// RFC 9110 §6.4.1, §15.3.6.
fn may_have_body(status: StatusCode) -> bool {
    status.as_u16() >= 200
        && !matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}

#[cold]
fn without_body(response: &mut Response) {
    if response.status().is_informational() {
        tracing::error!(status = %response.status(), "an interim status is no answer: answered with a 500");
        *response = Problem::new(500).into_response();
        return;
    }
    *response.body_mut() = Body::empty();
}

/// Says how long the body would be and does not send it.
fn drop_body(response: &mut Response) {
    let body = core::mem::take(response.body_mut());
    let said = response.headers().contains_key(CONTENT_LENGTH);
    // RFC 9110 §8.6: a length is that of the answer to GET, and a 204 has none.
    if let (Some(len), false, true) = (body.len(), said, may_have_body(response.status())) {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(len));
    }
}
