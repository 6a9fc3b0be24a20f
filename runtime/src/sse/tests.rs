//! A stream of events frame by frame: what is sent together, what wakes it, how it ends with the application.

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
    body::{Body, BodyError},
    ending::Ending,
    error::{BoxError, Error},
    response::IntoResponse,
};

type Frame = Option<Result<Bytes, BodyError>>;

/// The body as it answers a request of an application with this ending.
fn answer(stream: Sse, ending: &Ending) -> Body {
    let request = http::Request::new(()).into_parts().0;
    let mut answer = stream.into_response();
    let open = answer.body_mut().take_open().expect("it is settled once the request is known");
    open.settle(&request, ending, &mut answer);
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

/// Tells when it is dropped.
#[derive(Clone, Default)]
struct Dropped(Arc<AtomicBool>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_burst_is_one_frame_and_what_waits_is_sent_as_it_comes() {
    let (go, gone) = oneshot::channel::<()>();
    let stream = Sse::channel(async move |mut events| {
        events.send(Event::data("a")).await?;
        events.send(Event::data("b")).await?;
        drop(gone.await);
        events.send(Event::data("c")).await?;
        Ok(())
    });
    let mut body = answer(stream, &Ending::default());
    assert_eq!(text(poll(&mut body)), "data: a\n\ndata: b\n\n");
    assert!(poll(&mut body).is_pending());
    drop(go);
    assert_eq!(text(poll(&mut body)), "data: c\n\n");
    assert!(is_end(&poll(&mut body)));
}

#[tokio::test]
async fn a_task_stops_where_16_kib_are_on_their_way() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let stream = Sse::channel(async move |mut events| {
        loop {
            events.send(Event::data("x".repeat(1017))).await?;
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let mut body = answer(stream, &Ending::default());
    for frame in 1..4 {
        assert_eq!(text(poll(&mut body)).len(), 16_400);
        assert_eq!(sent.load(Ordering::SeqCst), frame * 16);
    }
}

#[tokio::test]
async fn a_stream_that_is_always_ready_gives_frames_of_16_kib() {
    let mut body = answer(Sse::new(stream::repeat_with(|| Event::data("x".repeat(1016)))), &Ending::default());
    assert_eq!(text(poll(&mut body)).len(), 16 * 1024);
    assert_eq!(text(poll(&mut body)).len(), 16 * 1024);
}

#[tokio::test]
async fn a_task_is_not_woken_by_its_own_sending() {
    struct Count(AtomicUsize);
    impl std::task::Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let (tick, mut ticks) = tokio::sync::mpsc::channel(1);
    let stream = Sse::channel(async move |mut events| {
        while let Some(()) = ticks.recv().await {
            events.send(Event::data("tick")).await?;
        }
        Ok(())
    });
    let mut body = answer(stream, &Ending::default());
    let woken = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut cx = Context::from_waker(&waker);
    assert!(Pin::new(&mut body).poll_next(&mut cx).is_pending());
    for wakes in 1..=3 {
        tick.try_send(()).expect("there is room");
        assert_eq!(woken.0.load(Ordering::SeqCst), wakes);
        assert_eq!(text(Pin::new(&mut body).poll_next(&mut cx)), "data: tick\n\n");
        assert!(Pin::new(&mut body).poll_next(&mut cx).is_pending());
        assert_eq!(woken.0.load(Ordering::SeqCst), wakes);
    }
}

#[tokio::test]
async fn the_stream_goes_on_while_another_task_has_events() {
    let (go, gone) = oneshot::channel::<()>();
    let stream = Sse::channel(async move |events| {
        let mut elsewhere = events.clone();
        tokio::spawn(async move {
            drop(gone.await);
            elsewhere.send(Event::data("from elsewhere")).await
        });
        Ok(())
    });
    let mut body = answer(stream, &Ending::default());
    assert!(poll(&mut body).is_pending());
    drop(go);
    assert_eq!(body.chunk().await.expect("a frame").expect("no error"), "data: from elsewhere\n\n");
    assert!(body.chunk().await.is_none());
}

#[tokio::test]
async fn several_tasks_wait_for_room_and_lose_nothing() {
    let stream = Sse::channel(async move |events| {
        for task in 0..8 {
            let mut events = events.clone();
            tokio::spawn(async move {
                for number in 0..500 {
                    events.send(Event::data("x".repeat(200)).id(task * 500 + number)).await?;
                }
                Ok::<_, SseError>(())
            });
        }
        Ok(())
    });
    let mut body = answer(stream, &Ending::default());
    let mut all = String::new();
    while let Some(chunk) = timeout(Duration::from_secs(10), body.chunk()).await.expect("it goes on") {
        all += core::str::from_utf8(&chunk.expect("no error")).expect("UTF-8");
    }
    let mut ids: Vec<u32> = all.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..4_000).collect::<Vec<u32>>());
}

#[tokio::test]
async fn sending_fails_once_the_client_has_left() {
    let (give, mut given) = oneshot::channel();
    let stream = Sse::channel(async move |events| {
        drop(give.send(events.clone()));
        pending().await
    });
    let mut body = answer(stream, &Ending::default());
    assert!(poll(&mut body).is_pending());
    let mut events = given.try_recv().expect("the task has run");
    assert!(!events.is_gone());
    let full = Event::data("x".repeat(20_000));
    events.send(full.clone()).await.expect("the client is there");
    let mut waits = events.clone();
    let mut waiting = pin!(waits.send(full));
    assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(body);
    assert!(matches!(waiting.await, Err(SseError::Gone)));
    assert!(matches!(events.send(Event::data("x")).await, Err(SseError::Gone)));
    events.gone().await;
}

#[tokio::test]
async fn what_cannot_be_written_is_told_where_it_is_sent() {
    let stream = Sse::channel(async move |mut events| {
        let told = events.send(Event::data("x").id("a\nb")).await;
        assert!(matches!(told, Err(SseError::Id(_))));
        events.send(Event::data("still here")).await?;
        Ok(())
    });
    let mut body = answer(stream, &Ending::default());
    assert_eq!(text(poll(&mut body)), "data: still here\n\n");
}

#[tokio::test]
async fn what_was_sent_before_a_failure_comes_before_it() {
    let task = Sse::channel(async move |mut events| {
        events.send(Event::data("last")).await?;
        Err(Error::new("out of rope"))
    });
    let items = Sse::new(stream::iter([Ok(Event::data("last")), Err("out of rope"), Ok(Event::data("never"))]));
    let refused = Sse::new(stream::iter([Event::data("last"), Event::data("x").event("\n"), Event::data("never")]));
    for stream in [task, items, refused] {
        let mut body = answer(stream, &Ending::default());
        assert_eq!(text(poll(&mut body)), "data: last\n\n");
        assert!(poll(&mut body).is_pending(), "the server writes what it has");
        assert!(matches!(poll(&mut body), Poll::Ready(Some(Err(BodyError::Broken(_))))));
        assert!(is_end(&poll(&mut body)));
    }
}

#[tokio::test]
async fn that_the_client_of_another_stream_has_left_is_no_failure() {
    #[derive(Debug)]
    struct Wrapped(SseError);
    impl core::fmt::Display for Wrapped {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("wrapped")
        }
    }
    impl std::error::Error for Wrapped {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    for error in [Error::new(SseError::Gone), Error::new(Wrapped(SseError::Gone))] {
        let mut body = answer(Sse::channel(async move |_events| Err(error)), &Ending::default());
        assert!(is_end(&poll(&mut body)));
    }
    let error: BoxError = Box::new(Wrapped(SseError::Id(String::new())));
    assert!(!SseError::is_gone(&error));
}

#[tokio::test(start_paused = true)]
async fn a_comment_is_sent_for_each_15_s_of_silence() {
    let start = tokio::time::Instant::now();
    let mut events = Broadcast::new(8);
    let mut body = answer(Sse::new(events.subscribe()), &Ending::default());
    for seconds in [15, 30] {
        assert_eq!(body.chunk().await.expect("a frame").expect("no error"), ":\n\n");
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
    tokio::time::advance(Duration::from_secs(10)).await;
    events.send(Event::data("x")).expect("it can be written");
    assert_eq!(body.chunk().await.expect("a frame").expect("no error"), "data: x\n\n");
    assert_eq!(body.chunk().await.expect("a frame").expect("no error"), ":\n\n");
    assert_eq!(start.elapsed().as_secs(), 55);
    events = Broadcast::new(1);
    assert!(body.chunk().await.is_none(), "the first broadcast is gone");
    drop(events);
}

#[tokio::test(start_paused = true)]
async fn silence_may_be_shorter_or_endless() {
    let stream = |silence| Sse::channel(async move |_events| pending().await).keep_alive(silence);
    let mut short = answer(stream(Duration::from_secs(1)), &Ending::default());
    timeout(Duration::from_millis(1_001), short.chunk()).await.expect("a second has passed");
    for endless in [Duration::ZERO, Duration::MAX] {
        let mut body = answer(stream(endless), &Ending::default());
        assert!(timeout(Duration::from_secs(3_600), body.chunk()).await.is_err());
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

#[tokio::test]
async fn all_listeners_send_the_same_bytes() {
    let news = Broadcast::new(8);
    let mut bodies = [(); 2].map(|()| answer(Sse::new(news.subscribe()), &Ending::default()));
    assert_eq!(news.send(Event::data("x")).expect("it can be written"), 2);
    let [first, second] = &mut bodies;
    let (Poll::Ready(Some(Ok(first))), Poll::Ready(Some(Ok(second)))) = (poll(first), poll(second)) else {
        panic!("both have it");
    };
    assert_eq!(first.as_ptr(), second.as_ptr());
}

#[tokio::test]
async fn a_listener_gets_what_is_left_of_a_broadcast_that_is_gone() {
    let news = Broadcast::new(8);
    let (mut listener, mut late) = (news.subscribe(), news.clone().subscribe());
    news.send(Event::data("last")).expect("it can be written");
    drop(news);
    assert_eq!(listener.next().await.expect("an event").to_string(), "data: last\n\n");
    assert!(listener.next().await.is_none());
    assert!(listener.next().await.is_none());
    late.next().await.expect("an event");
    let waiting = tokio::spawn(async move { late.next().await });
    assert!(timeout(Duration::from_secs(5), waiting).await.expect("it is woken").expect("no panic").is_none());
}

#[tokio::test]
async fn the_history_is_what_comes_after_an_id() {
    let news = Broadcast::new(3);
    for id in 1..=5 {
        news.send(Event::data("x").id(id)).expect("it can be written");
    }
    for (last, expected, missed) in [
        ("", "", false),
        ("5", "", false),
        ("4", "5", false),
        ("3", "45", false),
        ("2", "345", true),
        ("9", "345", true),
        ("\u{e9}", "345", true),
    ] {
        let mut listener = news.subscribe_after(&LastEventId::new(last));
        assert_eq!((listener.has_missed(), listener.has_missed()), (missed, false), "{last:?}");
        let mut got = String::new();
        while let Poll::Ready(Some(event)) = Pin::new(&mut listener).poll_next(&mut Context::from_waker(Waker::noop()))
        {
            got.extend(event.to_string().chars().filter(char::is_ascii_digit));
        }
        assert_eq!(got, expected, "{last:?}");
    }
}

#[tokio::test]
async fn a_listener_that_falls_behind_skips_and_can_tell() {
    let news = Broadcast::new(2);
    let mut listener = news.subscribe();
    for text in ["a", "b", "c"] {
        news.send(Event::data(text)).expect("it can be written");
    }
    assert_eq!(listener.next().await.expect("an event").to_string(), "data: b\n\n");
    assert!(listener.has_missed() && !listener.has_missed());
    assert_eq!(listener.next().await.expect("an event").to_string(), "data: c\n\n");
    assert!(!listener.has_missed());
}

#[test]
fn seats_of_those_who_left_are_taken_again() {
    let news = Broadcast::new(0);
    let listeners: Vec<Listener> = (0..10).map(|_| news.subscribe()).collect();
    assert_eq!(news.listeners(), 10);
    drop(listeners);
    assert_eq!(news.listeners(), 0);
    let again = [news.subscribe(), news.subscribe()];
    assert_eq!(news.listeners(), 2);
    drop(again);
}
