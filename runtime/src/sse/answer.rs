//! The answer that is a stream of events.

use core::{fmt, future::Future, pin::Pin, time::Duration};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, header::CACHE_CONTROL};

use crate::{
    app::Known,
    body::{Body, Open},
    ending::Wait,
    error::Result,
    response::{IntoResponse, Refine, Response, with_type},
    sse::{
        Event, Events, IntoEvent,
        body::SseBody,
        source::{Items, Source, Task},
    },
};

/// An answer that is a stream of events: 200, `text/event-stream`.
///
/// [The manual](crate::sse) says what becomes of it when the client is slow, when it leaves, and when the application
/// ends.
///
/// ```
/// use futures_util::stream;
/// use rutter::{Event, IntoResponse, Sse};
///
/// let answer = Sse::new(stream::iter([Event::data("hello")])).into_response();
/// assert_eq!(answer.headers()["content-type"], "text/event-stream");
/// ```
#[must_use = "an answer is sent only when the handler returns it"]
pub struct Sse {
    source: Pin<Box<dyn Source>>,
    keep_alive: Duration,
    retry: Option<Duration>,
}

impl Sse {
    /// The events of a stream, which gives [`Event`], `Result<Event, _>` or another [`IntoEvent`].
    ///
    /// It is asked for more as the client takes them. An error of it, or an event that cannot be written, is logged and
    /// cuts the connection, so that the client comes back.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use rutter::{Event, prelude::*};
    ///
    /// #[route(GET, "/countdown")]
    /// fn countdown() -> Sse {
    ///     Sse::new(stream::iter([3, 2, 1]).map(|left| Event::json(&left)))
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let client = rutter::testing::Client::new(rutter::routes![countdown].build().unwrap());
    /// assert_eq!(client.get("/countdown").await.text(), "data: 3\n\ndata: 2\n\ndata: 1\n\n");
    /// # }
    /// ```
    pub fn new<S>(stream: S) -> Self
    where
        S: Stream + Send + 'static,
        S::Item: IntoEvent,
    {
        Sse::of(Items::new(stream))
    }

    /// The events that a task sends.
    ///
    /// The task runs while the client listens, and is dropped where it waits as soon as the client has left. Once it has
    /// returned and no [`Events`] is left, the stream ends, and a browser comes back after a while. An error is logged and
    /// cuts the connection, but for [`SseError::Gone`](crate::SseError::Gone).
    ///
    /// ```
    /// use core::time::Duration;
    /// use rutter::{Event, prelude::*};
    ///
    /// #[route(GET, "/ticks")]
    /// fn ticks() -> Sse {
    ///     Sse::channel(async move |mut events| {
    ///         for tick in 0_u64.. {
    ///             events.send(Event::data("tick").id(tick)).await?;
    ///             tokio::time::sleep(Duration::from_secs(1)).await;
    ///         }
    ///         Ok(())
    ///     })
    /// }
    /// ```
    pub fn channel<F, Fut>(task: F) -> Self
    where
        F: FnOnce(Events) -> Fut,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        Sse::of(Task::new(task))
    }

    /// How long the stream may be silent before it sends a comment, 15 s by default. Whatever stands between would
    /// otherwise take the connection for dead, and the loss of a client would not be found. Zero turns it off.
    ///
    /// ```
    /// use core::time::Duration;
    /// use rutter::Sse;
    ///
    /// let patient = Sse::channel(async move |_events| core::future::pending().await).keep_alive(Duration::from_secs(60));
    /// # let _ = patient;
    /// ```
    pub fn keep_alive(mut self, silence: Duration) -> Self {
        self.keep_alive = silence;
        self
    }

    /// How long the client waits before it comes back after the stream has ended, in whole milliseconds; it is told
    /// before the first event. Browsers wait a few seconds by default.
    ///
    /// ```
    /// use core::time::Duration;
    /// use rutter::{Body, IntoResponse, Sse};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let stream = Sse::channel(async move |_events| Ok(())).retry(Duration::from_millis(500));
    /// let mut body: Body = stream.into_response().into_body();
    /// assert_eq!(body.chunk().await.unwrap().unwrap(), "retry: 500\n\n");
    /// # }
    /// ```
    pub fn retry(mut self, wait: Duration) -> Self {
        self.retry = Some(wait);
        self
    }

    fn of(source: impl Source + 'static) -> Self {
        Sse { source: Box::pin(source), keep_alive: Duration::from_secs(15), retry: None }
    }

    fn body(self, ended: Option<Wait>) -> Body {
        let opening: Option<Bytes> = self.retry.map(|wait| Event::default().retry(wait).to_bytes());
        Body::new(SseBody::new(self.source, opening, self.keep_alive, ended))
    }
}

impl IntoResponse for Sse {
    const STREAMS: bool = true;

    fn into_response(self) -> Response {
        let mut response = with_type(&EVENT_STREAM, Body::open(self));
        // A proxy that compresses a stream may hold events back; so does nginx, unless it is told.
        response.headers_mut().extend([
            (CACHE_CONTROL, HeaderValue::from_static("no-cache, no-transform")),
            (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        ]);
        response
    }
}

impl Refine for Sse {}

impl Open for Sse {
    fn settle(self: Box<Self>, known: &Known<'_>, answer: &mut Response) {
        *answer.body_mut() = self.body(Some(known.app.ending.wait()));
    }

    fn alone(self: Box<Self>) -> Body {
        self.body(None)
    }

    fn len(&self) -> Option<u64> {
        None
    }
}

impl fmt::Debug for Sse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Sse");
        debug.field("keep_alive", &self.keep_alive).field("retry", &self.retry).finish_non_exhaustive()
    }
}

// WHATWG HTML §9.2: it is always UTF-8, so it has no `charset`.
static EVENT_STREAM: HeaderValue = HeaderValue::from_static("text/event-stream");
