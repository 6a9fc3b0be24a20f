//! One source, several listeners.

use super::*;

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
    assert_eq!(late.next().await.expect("an event").to_string(), "data: last\n\n");
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
        // The one that has gone last: whoever has seen it has missed nothing.
        ("2", "345", false),
        ("1", "345", true),
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
