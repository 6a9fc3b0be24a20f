//! Streams and the end of the application.

use super::*;

/// Tells when it is dropped.
#[derive(Clone, Default)]
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_end_of_the_application_ends_an_idle_stream_at_once() {
    let ending = Ending::default();
    let dropped = Dropped::default();
    let guard = dropped.clone();
    let stream = Sse::channel(async move |_events| {
        let _guard = guard;
        pending().await
    });
    let mut body = answer(stream, &ending);
    let ended = tokio::spawn(async move {
        let ended = body.chunk().await.is_none();
        (ended, body)
    });
    tokio::task::yield_now().await;
    assert!(!ended.is_finished() && !dropped.0.load(Ordering::SeqCst));
    ending.begin();
    let (ended, _body) = timeout(Duration::from_secs(5), ended).await.expect("it is woken").expect("no panic");
    assert!(ended && dropped.0.load(Ordering::SeqCst), "the task is dropped before the body is");
}

#[tokio::test]
async fn what_is_ready_is_sent_before_the_end_of_the_application() {
    let ending = Ending::default();
    let news = Broadcast::new(8);
    let mut body = answer(Sse::new(news.subscribe()), &ending);
    assert!(poll(&mut body).is_pending());
    for text in ["a", "b"] {
        news.send(Event::data(text)).expect("it can be written");
    }
    ending.begin();
    assert_eq!(text(poll(&mut body)), "data: a\n\ndata: b\n\n");
    assert!(is_end(&poll(&mut body)));
    assert_eq!(news.listeners(), 0);
}

#[tokio::test]
async fn a_stream_that_never_waits_ends_with_the_application() {
    let ending = Ending::default();
    let endless = Sse::channel(async move |mut events| {
        loop {
            events.send(Event::data("x")).await?;
        }
    });
    for stream in [endless, Sse::new(stream::repeat_with(|| Event::data("x")))] {
        let ending = ending.clone();
        let mut body = answer(stream, &ending);
        ending.begin();
        assert!(poll(&mut body).is_ready());
        assert!(is_end(&poll(&mut body)));
    }
}

#[tokio::test]
async fn a_stream_that_starts_after_the_end_sends_what_is_ready() {
    let ending = Ending::default();
    ending.begin();
    let stream = Sse::channel(async move |mut events| {
        events.send(Event::data("only")).await?;
        pending().await
    });
    let mut body = answer(stream.retry(Duration::from_secs(1)), &ending);
    assert_eq!(text(poll(&mut body)), "retry: 1000\n\n");
    assert_eq!(text(poll(&mut body)), "data: only\n\n");
    assert!(is_end(&poll(&mut body)));
}

#[tokio::test]
async fn a_body_without_a_request_streams_on() {
    let stream = Sse::channel(async move |mut events| {
        events.send(Event::data("alone")).await?;
        poll_fn(|_| Poll::Pending).await
    });
    let mut body = stream.into_response().into_body();
    assert_eq!(text(poll(&mut body)), "data: alone\n\n");
    assert!(poll(&mut body).is_pending());
}
