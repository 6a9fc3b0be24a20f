//! How a stream ends: with its task, by a failure, or with the application.

use core::{
    future::pending,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use rutter::{Broadcast, Error, Event, SseError, prelude::*};
use tokio::{io::AsyncWriteExt, sync::Notify};

use crate::{
    End, Listening, VERSIONS, Version,
    common::{start, start_with},
    read_head,
};

/// What a task does after its last event.
#[derive(Default)]
struct Work {
    may_go_on: Notify,
    is_done: AtomicBool,
}

#[route(GET, "/works-on/[end]")]
fn works_on(end: String, work: State<Arc<Work>>) -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("all")).await?;
        drop(events);
        work.may_go_on.notified().await;
        work.is_done.store(true, Ordering::SeqCst);
        if end == "well" { Ok(()) } else { Err(Error::new("out of rope")) }
    })
}

/// Its events are in another task, which drops them before it fails: that failure is its own.
#[route(GET, "/produced/[end]")]
fn produced(end: String, work: State<Arc<Work>>) -> Sse {
    Sse::channel(async move |mut events| {
        let produced = tokio::spawn(async move {
            events.send(Event::data("all")).await?;
            drop(events);
            work.may_go_on.notified().await;
            work.is_done.store(true, Ordering::SeqCst);
            if end == "well" { Ok(()) } else { Err(Error::new("out of rope")) }
        });
        produced.await?
    })
}

#[tokio::test]
async fn a_task_without_events_is_run_to_its_end_which_is_that_of_the_stream() {
    for version in VERSIONS {
        for target in ["/works-on", "/produced"] {
            for (end, expected) in [("well", End::Clean), ("badly", End::Cut)] {
                let work = Arc::new(Work::default());
                let server = start(rutter::routes![works_on, produced].state(Arc::clone(&work))).await;
                let mut client = Listening::to(&server, version, &format!("{target}/{end}")).await;
                client.until("data: all\n\n").await;
                work.may_go_on.notify_one();
                assert_eq!(client.end().await, expected, "{version:?} {target} {end}");
                assert!(work.is_done.load(Ordering::SeqCst), "{version:?} {target} {end}");
                assert_eq!(client.text, "data: all\n\n");
            }
        }
    }
}

#[route(GET, "/fails")]
fn fails() -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("before").id(1)).await?;
        Err(Error::new("out of rope"))
    })
}

#[route(GET, "/panics")]
fn panics() -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("before").id(1)).await?;
        panic!("on purpose")
    })
}

#[route(GET, "/panics-in-a-stream")]
fn panics_in_a_stream() -> Sse {
    let events = stream::iter([Some(Event::data("before").id(1)), None]);
    Sse::new(events.map(|event| event.expect("a panic on purpose")))
}

#[route(GET, "/refused")]
fn refused() -> Sse {
    Sse::new(stream::iter([Event::data("before").id(1), Event::data("x").event("a\ndata: forged")]))
}

#[tokio::test]
async fn a_stream_that_fails_is_cut_after_what_it_has_sent() {
    let server = start(rutter::routes![fails, panics, panics_in_a_stream, refused]).await;
    for version in VERSIONS {
        for target in ["/fails", "/refused", "/panics", "/panics-in-a-stream"] {
            let mut client = Listening::to(&server, version, target).await;
            assert_eq!(client.end().await, End::Cut, "{target}");
            assert_eq!(client.text, "id: 1\ndata: before\n\n", "{target} {version:?}");
        }
    }
}

/// Sends an event that may be refused, and leaves what becomes of that to `?`.
#[route(GET, "/left-to-others")]
fn left_to_others(event: State<Event>) -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("before")).await?;
        events.send(Event::clone(&event)).await?;
        events.send(Event::data("after")).await?;
        Ok(())
    })
}

/// Says itself what was refused.
#[route(GET, "/handled")]
fn handled(event: State<Event>) -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("before")).await?;
        if let Err(SseError::Name(_)) = events.send(Event::clone(&event)).await {
            events.send(Event::comment("no such name")).await?;
        }
        if let Err(SseError::Id(_)) = events.send(Event::clone(&event)).await {
            events.send(Event::comment("no such id")).await?;
        }
        events.send(Event::data("after")).await?;
        Ok(())
    })
}

#[tokio::test]
async fn an_event_that_is_refused_cuts_the_stream_unless_its_task_handles_that() {
    for sign in ['\r', '\n', '\0'] {
        let forged = format!("a{sign}data: forged");
        let name = (Event::data("x").event(&forged), "data: before\n\n: no such name\n\ndata: after\n\n");
        let id = (Event::data("x").id(&forged), "data: before\n\n: no such id\n\ndata: after\n\n");
        for (event, expected) in [name, id] {
            let server = start(rutter::routes![left_to_others, handled].state(event)).await;
            for version in VERSIONS {
                let mut client = Listening::to(&server, version, "/left-to-others").await;
                assert_eq!((client.end().await, client.text.as_str()), (End::Cut, "data: before\n\n"));
                let mut client = Listening::to(&server, version, "/handled").await;
                assert_eq!((client.end().await, client.text.as_str()), (End::Clean, expected));
            }
        }
    }
}

#[route(GET, "/waits")]
fn waits() -> Sse {
    Sse::channel(async move |mut events| {
        events.send(Event::data("hi")).await?;
        pending().await
    })
}

#[route(GET, "/never-waits")]
fn never_waits() -> Sse {
    Sse::new(stream::repeat_with(|| Event::data("hi")))
}

#[route(GET, "/listens")]
fn listens(said: State<Broadcast>) -> Sse {
    Sse::new(said.subscribe_after(&LastEventId::new("0")))
}

fn endless() -> rutter::Routes {
    let said = Broadcast::new(1);
    said.send(Event::data("hi")).expect("it can be written");
    rutter::routes![waits, never_waits, listens].state(said)
}

#[tokio::test]
async fn the_end_of_the_application_ends_streams_cleanly() {
    for version in VERSIONS {
        for target in ["/waits", "/never-waits", "/listens"] {
            let mut server = start(endless()).await;
            let mut client = Listening::to(&server, version, target).await;
            client.until("data: hi\n\n").await;
            server.begin_stop();
            assert_eq!(client.end().await, End::Clean, "{version:?} {target}");
            assert_eq!(client.text.replace("data: hi\n\n", ""), "", "{version:?} {target}");
            server.ended().await;
        }
    }
}

#[tokio::test]
async fn a_stream_that_is_opened_after_that_ends_after_its_first_events() {
    for target in ["/waits", "/never-waits", "/listens"] {
        let mut server = start_with(endless(), |server| server.linger(Duration::from_secs(15))).await;
        // Who is connected may still ask while the server lingers.
        let mut late = server.connect().await;
        let mut client = Listening::to(&server, Version::Http1, "/waits").await;
        server.begin_stop();
        assert_eq!(client.end().await, End::Clean);
        drop(client);

        let request = format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        late.write_all(request.as_bytes()).await.expect("the request can be sent");
        let mut late = read_head(late).await;
        assert!(late.has("connection: close"), "{:?}", late.head);
        assert_eq!(late.end().await, End::Clean, "{target}");
        assert!(late.text.starts_with("data: hi\n\n"), "{target}");
        assert_eq!(late.text.replace("data: hi\n\n", ""), "", "{target}");
        server.ended().await;
    }
}
