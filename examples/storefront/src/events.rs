//! `/api/events`: what happens in the shop, as it happens.

use core::time::Duration;

use rutter::prelude::*;
use serde::Deserialize;

use crate::feed::{Feed, reset};

#[derive(Deserialize)]
struct Seen {
    after: Option<String>,
}

/// `connected` at once, `product` for each that is added or changed, and every two seconds `stats`.
///
/// A browser that comes back names the last event that it has had in a header, and a page names in `after` the last that
/// it shows: both get what came since, or `reset` when that is not remembered any more. A browser that comes back asks
/// for the same address as before, so the header wins.
#[route(GET, "/api/events")]
fn events(last: LastEventId, seen: Query<Seen>, feed: State<Feed>) -> Sse {
    let last = last.or(seen.into_inner().after);
    let feed = feed.into_arc();
    Sse::channel(async move |mut events| {
        let mut visitor = feed.listen(&last).await?;
        events.send(Event::data(r#"{"type":"connected"}"#)).await?;
        if visitor.has_missed {
            events.send(reset()).await?;
        }
        // From here on a browser has an id to come back with, even if nothing happens until then.
        events.send(Event::default().id(&visitor.after).retry(Duration::from_secs(1))).await?;
        while let Some(event) = visitor.next().await {
            events.send(event).await?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use serde_json::{Value, json};
    use tokio::time::sleep;

    use crate::testing::{Shop, Stream};

    const CONNECTED: &str = "data: {\"type\":\"connected\"}";
    const RESET: &str = "event: reset\ndata: {\"type\":\"reset\"}";

    /// Opens a stream, and reads it up to where its events begin.
    async fn listen(shop: &Shop, target: &str, last: &str, after: &str) -> Stream {
        let mut stream = Stream::open(shop.get(target).header("last-event-id", last)).await;
        assert_eq!(stream.next().await, CONNECTED);
        assert_eq!(stream.next().await, format!("id: {after}\nretry: 1000"), "{target} {last}");
        stream
    }

    /// The same, of a stream that cannot go on where it is asked to.
    async fn listen_anew(shop: &Shop, target: &str, last: &str, after: &str) {
        let mut stream = Stream::open(shop.get(target).header("last-event-id", last)).await;
        assert_eq!(stream.next().await, CONNECTED);
        assert_eq!(stream.next().await, RESET, "{target} {last}");
        assert_eq!(stream.next().await, format!("id: {after}\nretry: 1000"), "{target} {last}");
    }

    async fn add(shop: &Shop, name: &str) -> Value {
        let new = json!({ "name": name, "price": 900, "category": "charts" });
        shop.post("/api/products").json(&new).send().await.json()
    }

    /// The next event must be this product.
    async fn assert_next(stream: &mut Stream, id: u32, product: &Value) {
        let event = stream.next_but_stats().await;
        let head = format!("event: product\nid: {id}\ndata: ");
        let data = event.strip_prefix(&head).unwrap_or_else(|| panic!("no product of the id {id}, but {event}"));
        assert_eq!(&serde_json::from_str::<Value>(data).expect("JSON"), product);
    }

    #[tokio::test]
    async fn what_is_added_or_changed_is_told_in_order() {
        let shop = Shop::open().await;
        let mut stream = listen(&shop, "/api/events", "", "0").await;
        let added = add(&shop, "Tide table").await;
        let changed = shop.patch("/api/products/1").json(&json!({ "price": 1 })).send().await.json();
        let again = shop.patch("/api/products/9").json(&json!({ "name": "Tidal table" })).send().await.json();
        for (id, product) in [(1, added), (2, changed), (3, again)] {
            assert_next(&mut stream, id, &product).await;
        }
    }

    #[tokio::test]
    async fn what_changes_nothing_is_not_told() {
        let shop = Shop::open().await;
        let mut stream = listen(&shop, "/api/events", "", "0").await;
        for (change, status) in [
            (shop.post("/api/products").json(&json!({ "name": "" })), 422),
            (shop.patch("/api/products/99").json(&json!({ "price": 1 })), 404),
            (shop.patch("/api/products/1").json(&json!({ "price": -1 })), 422),
            (shop.patch("/api/products/1").json(&json!({})), 200),
            (shop.patch("/api/products/1").json(&json!({ "price": 12_900 })), 200),
            (shop.delete("/api/products/2"), 204),
        ] {
            assert_eq!(change.send().await.status(), status);
        }
        let added = add(&shop, "Tide table").await;
        assert_next(&mut stream, 1, &added).await;
    }

    #[tokio::test]
    async fn who_comes_back_gets_what_came_since() {
        let shop = Shop::open().await;
        let added = [add(&shop, "Tide table").await, add(&shop, "Lead line").await, add(&shop, "Log line").await];
        for (target, last, after) in [
            ("/api/events", "1", "1"),
            ("/api/events?after=1", "", "1"),
            ("/api/events?after=0", "1", "1"),
            ("/api/events?after=0", "", "0"),
            ("/api/events?after=", "0", "0"),
        ] {
            let mut stream = listen(&shop, target, last, after).await;
            for id in after.parse::<u32>().expect("a number")..3 {
                assert_next(&mut stream, id + 1, &added[id as usize]).await;
            }
        }
        let mut new = listen(&shop, "/api/events", "", "3").await;
        let latest = add(&shop, "Sounding lead").await;
        assert_next(&mut new, 4, &latest).await;
    }

    #[tokio::test]
    async fn who_names_no_event_of_ours_is_told_to_begin_anew() {
        let shop = Shop::open().await;
        add(&shop, "Tide table").await;
        for (target, last) in [
            ("/api/events", "2"),
            ("/api/events", "-1"),
            ("/api/events", "01"),
            ("/api/events", "99999999999999999999"),
            ("/api/events", "{}"),
            ("/api/events?after=%0A", ""),
            ("/api/events?after=1", "nothing"),
        ] {
            listen_anew(&shop, target, last, "1").await;
        }
    }

    #[tokio::test]
    async fn a_thousand_events_are_remembered_by_the_shop_and_the_next_to_open() {
        let shop = Shop::open().await;
        let mut slow = listen(&shop, "/api/events", "", "0").await;
        for price in 1..=1_100 {
            let change = json!({ "price": price });
            assert_eq!(shop.patch("/api/products/1").json(&change).send().await.status(), 200);
        }
        assert!(slow.is_over().await, "who falls behind comes back and learns that it has missed something");
        for shop in [&shop, &shop.beside().await] {
            let mut stream = listen(shop, "/api/events", "100", "100").await;
            for id in 101..=1_100 {
                let event = stream.next_but_stats().await;
                assert!(event.starts_with(&format!("event: product\nid: {id}\n")), "{id}: {event}");
            }
            listen_anew(shop, "/api/events", "98", "1100").await;
        }
    }

    #[tokio::test]
    async fn what_one_instance_changes_the_visitors_of_another_hear() {
        let shop = Shop::open().await;
        let other = shop.beside().await;
        let mut stream = listen(&other, "/api/events", "", "0").await;
        let added = add(&shop, "Tide table").await;
        // Whoever has seen it there is not too early here.
        let mut early = listen(&other, "/api/events?after=1", "", "1").await;
        let second = add(&other, "Lead line").await;
        assert_next(&mut stream, 1, &added).await;
        assert_next(&mut stream, 2, &second).await;
        assert_next(&mut early, 2, &second).await;
        let third = add(&shop, "Log line").await;
        assert_next(&mut stream, 3, &third).await;
    }

    #[tokio::test]
    async fn an_instance_that_opens_later_knows_what_came_before() {
        let first = Shop::open().await;
        let added = [add(&first, "Tide table").await, add(&first, "Lead line").await];
        let later = first.beside().await;
        drop(first);
        let mut stream = listen(&later, "/api/events", "1", "1").await;
        assert_next(&mut stream, 2, &added[1]).await;
        let third = add(&later, "Log line").await;
        assert_next(&mut stream, 3, &third).await;
    }

    #[tokio::test]
    async fn what_cannot_be_recorded_does_not_happen_and_the_feed_goes_on() {
        let shop = Shop::open().await;
        let mut stream = listen(&shop, "/api/events", "", "0").await;
        shop.sql("ALTER TABLE event RENAME TO lost").await;
        let new = json!({ "name": "Tide table", "price": 900, "category": "charts" });
        assert_eq!(shop.post("/api/products").json(&new).send().await.status(), 500);
        assert_eq!(shop.patch("/api/products/1").json(&json!({ "price": 1 })).send().await.status(), 500);
        // The feed finds no table either, at least once.
        sleep(Duration::from_millis(2_500)).await;
        shop.sql("ALTER TABLE lost RENAME TO event").await;
        assert_eq!(shop.get("/api/products/1").send().await.json::<Value>()["price"], 12_900);
        let added = add(&shop, "Tide table").await;
        assert_eq!(added["id"], 9);
        assert_next(&mut stream, 1, &added).await;
    }

    #[tokio::test]
    async fn visitors_are_counted_while_they_listen() {
        let shop = Shop::open().await;
        let mut stays = listen(&shop, "/api/events", "", "0").await;
        let leaves = listen(&shop, "/api/events", "", "0").await;
        while stays.next().await != "event: stats\ndata: {\"products\":8,\"visitors\":2}" {}
        drop(leaves);
        add(&shop, "Tide table").await;
        while stays.next().await != "event: stats\ndata: {\"products\":9,\"visitors\":1}" {}
    }
}
