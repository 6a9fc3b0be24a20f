//! A stream of events, frame by frame.

mod broadcast;
mod ending;
mod sending;
mod silence;

use core::{
    future::{pending, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::stream;
use tokio::{sync::oneshot, time::timeout};

use super::*;
use crate::{
    app::{App, Known},
    body::{Body, BodyError},
    ending::Ending,
    error::{BoxError, Error},
    response::IntoResponse,
};

type Frame = Option<Result<Bytes, BodyError>>;

/// The body as it answers a request of an application with this ending.
fn answer(stream: Sse, ending: &Ending) -> Body {
    let (parts, ()) = http::Request::new(()).into_parts();
    let app = App { ending: ending.clone(), ..App::default() };
    let mut answer = stream.into_response();
    let open = answer.body_mut().take_open().expect("it is settled once the request is known");
    open.settle(&Known { parts: &parts, peer: None, app: &app }, &mut answer);
    answer.into_body()
}

fn poll(body: &mut Body) -> Poll<Frame> {
    Pin::new(body).poll_next(&mut Context::from_waker(Waker::noop()))
}

fn text(polled: Poll<Frame>) -> String {
    match polled {
        Poll::Ready(Some(Ok(bytes))) => String::from_utf8(bytes.to_vec()).expect("events are UTF-8"),
        other => panic!("there is no frame but {other:?}"),
    }
}

fn is_end(polled: &Poll<Frame>) -> bool {
    matches!(polled, Poll::Ready(None))
}
