//! One source, many clients.

use core::time::Duration;

use futures_util::future::join_all;
use rutter::{Broadcast, Event, Lag, prelude::*};
use tokio::time::{sleep, timeout};

use crate::{
    End, LONG, Listening, VERSIONS, Version,
    common::{Running, start},
};

#[route(GET, "/skip")]
fn skip(last: LastEventId, news: State<Broadcast>) -> Sse {
    Sse::new(news.subscribe_after(&last))
}

#[route(GET, "/disconnect")]
fn disconnect(last: LastEventId, news: State<Broadcast>) -> Sse {
    Sse::new(news.subscribe_after(&last).lag(Lag::Disconnect))
}

/// Listens inside of a channel, and tells of what was lost.
#[route(GET, "/told")]
fn told(last: LastEventId, news: State<Broadcast>) -> Sse {
    let mut news = news.subscribe_after(&last);
    Sse::channel(async move |mut events| {
        while let Some(event) = news.next().await {
            if news.has_missed() {
                events.send(Event::data("").event("reload")).await?;
            }
            events.send(event).await?;
        }
        Ok(())
    })
}

async fn serve(news: &Broadcast) -> Running {
    start(rutter::routes![skip, disconnect, told].state(news.clone())).await
}

fn send(news: &Broadcast, ids: core::ops::RangeInclusive<u64>, data: &str) {
    for id in ids {
        news.send(Event::data(data).id(id)).expect("it can be written");
    }
}

/// Waits until so many listen.
async fn listen(news: &Broadcast, listeners: usize) {
    let count = async {
        while news.listeners() != listeners {
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(LONG, count).await.unwrap_or_else(|_| panic!("{} listen, and not {listeners}", news.listeners()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_clients_get_everything() {
    let news = Broadcast::new(1_000);
    let server = serve(&news).await;
    let joining = (0..100).map(|number| Listening::to(&server, VERSIONS[number % 2], "/skip"));
    let clients = join_all(joining).await;
    listen(&news, 100).await;
    let sending = async {
        for id in 1..=500 {
            assert_eq!(news.send(Event::data("x").id(id)).expect("it can be written"), 100);
            if id % 10 == 0 {
                tokio::task::yield_now().await;
            }
        }
    };
    let reading = join_all(clients.into_iter().map(|mut client| async move {
        client.until("id: 500\ndata: x\n\n").await;
        client
    }));
    let ((), clients) = tokio::join!(sending, reading);
    for client in &clients {
        assert_eq!(client.ids(), (1..=500).collect::<Vec<u64>>());
    }
    drop(clients);
    listen(&news, 0).await;
}

#[tokio::test]
async fn a_client_that_comes_back_goes_on_where_it_was() {
    let news = Broadcast::new(10);
    let server = serve(&news).await;
    send(&news, 1..=5, "x");
    for version in VERSIONS {
        for target in ["/skip", "/told"] {
            let mut client = Listening::after(&server, version, target, Some(b"3")).await;
            client.until("id: 5\ndata: x\n\n").await;
            assert_eq!(client.text, "id: 4\ndata: x\n\nid: 5\ndata: x\n\n");
        }
    }
}

#[tokio::test]
async fn a_client_that_was_away_for_too_long_is_told_so() {
    let news = Broadcast::new(2);
    let server = serve(&news).await;
    send(&news, 1..=5, "x");
    let mut client = Listening::after(&server, Version::Http1, "/told", Some(b"1")).await;
    client.until("id: 5\ndata: x\n\n").await;
    assert_eq!(client.text, "event: reload\ndata:\n\nid: 4\ndata: x\n\nid: 5\ndata: x\n\n");
}

#[tokio::test]
async fn a_slow_client_skips_what_is_gone_and_holds_nobody_up() {
    for version in VERSIONS {
        let news = Broadcast::new(4);
        let server = serve(&news).await;
        let mut slow = Listening::to(&server, version, "/skip").await;
        let mut quick = Listening::to(&server, version, "/skip").await;
        listen(&news, 2).await;
        for id in 1..=LARGE {
            send(&news, id..=id, &"x".repeat(64 * 1024));
            quick.until(&format!("id: {id}\n")).await;
        }
        assert_eq!(quick.ids(), (1..=LARGE).collect::<Vec<u64>>());
        slow.until(&format!("id: {LARGE}\n")).await;
        let ids = slow.ids();
        assert!(ids.is_sorted() && ids.len() < quick.ids().len(), "nothing was lost: {ids:?}");
        assert_eq!(ids.first(), Some(&1));
    }
}

#[tokio::test]
async fn a_slow_client_may_be_cut_off_cleanly() {
    for version in VERSIONS {
        let news = Broadcast::new(4);
        let server = serve(&news).await;
        let mut slow = Listening::to(&server, version, "/disconnect").await;
        listen(&news, 1).await;
        for id in 1..=LARGE {
            send(&news, id..=id, &"x".repeat(64 * 1024));
            tokio::task::yield_now().await;
        }
        assert_eq!(slow.end().await, End::Clean);
        let ids = slow.ids();
        assert_eq!(ids, (1..=ids.len() as u64).collect::<Vec<u64>>());
        assert!(ids.len() < usize::try_from(LARGE).expect("it is small"));
        listen(&news, 0).await;
    }
}

/// So many events of 64 KiB are more than sockets hold.
const LARGE: u64 = 250;
