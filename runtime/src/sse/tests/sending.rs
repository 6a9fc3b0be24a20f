//! What a task sends, frame by frame: what goes together, what wakes it, how it fails.

use super::*;

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
async fn the_stream_goes_on_while_its_task_works_without_events() {
    for failure in [None, Some("out of rope")] {
        let (go, gone) = oneshot::channel::<()>();
        let stream = Sse::channel(async move |mut events| {
            events.send(Event::data("all")).await?;
            drop(events);
            drop(gone.await);
            failure.map_or(Ok(()), |failure| Err(Error::new(failure)))
        });
        let mut body = answer(stream, &Ending::default());
        assert_eq!(text(poll(&mut body)), "data: all\n\n");
        assert!(poll(&mut body).is_pending());
        drop(go);
        let end = timeout(Duration::from_secs(10), body.chunk()).await.expect("the task wakes the body");
        assert_eq!(end.is_some_and(|frame| frame.is_err()), failure.is_some());
    }
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
